/**
 * One step of one model's run: done once, counted, and never in the way of the other models.
 *
 * A step whose inputs were seen before gives the answer that it gave then. What fails for a reason of the model's own
 * (`skip`, `fail`) becomes data; what may pass is thrown for the state's Retry, and becomes data on the last attempt,
 * because a failed iteration of an inline Map stops all the others.
 */
import { hashOfJson } from "./canonical-json.ts";
import type { RetrainItem, Step, Stopped } from "./contracts.ts";
import { asPipelineError, failureKind, PipelineError } from "./failures.ts";
import type { Ports, StepKey } from "./ports.ts";

/** The state's Retry allows two more. */
const mostAttempts = 3;

type StepPorts = Pick<Ports, "ledger" | "failureMode">;

export interface ModelStep<Output> {
  readonly item: RetrainItem;
  readonly step: Step;
  /** All that the result depends on besides the item. */
  readonly inputs: unknown;
  /** The step's answer when the model's run ends here. */
  readonly onStopped: (stopped: Stopped) => Output;
}

/** Runs a step of a model's run, for which the item says whether the work is to be done again. */
export function runStep<Output extends object>(
  ports: StepPorts,
  { item, step, inputs, onStopped }: ModelStep<Output>,
  work: () => Promise<Output>,
): Promise<Output> {
  const { overrides, ...identity } = item;
  const { force = false, ...settings } = overrides ?? {};
  return runOnce(
    ports,
    {
      key: { modelId: item.modelId, runId: item.runId, step, inputHash: hashOfJson([identity, settings, inputs]) },
      force,
      onFailure: (error) => onStopped(stoppedBy(item, step, error)),
    },
    work,
  );
}

export interface CountedWork<Output> {
  readonly key: StepKey;
  /** Do the work again, and remember the new answer. */
  readonly force: boolean;
  /** The answer in place of an exception. */
  readonly onFailure: (error: Error) => Output;
}

export async function runOnce<Output extends object>(
  ports: StepPorts,
  { key, force, onFailure }: CountedWork<Output>,
  work: () => Promise<Output>,
): Promise<Output> {
  const known = force ? undefined : await ports.ledger.result(key);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a step recorded is what it returns
  if (known !== undefined) return known as Output;

  const attempt = await ports.ledger.beginAttempt(key);
  try {
    const output = await work();
    await ports.ledger.record(key, output, { replace: force });
    return output;
  } catch (error) {
    const kind = failureKind(error);
    const mayPass = kind === "retry";
    if (kind === "refuse" || ports.failureMode === "throw") throw asPipelineError(error);
    if (mayPass && attempt < mostAttempts) throw asPipelineError(error);
    const output = onFailure(asPipelineError(error));
    // What may pass is not remembered: the next run tries again.
    if (mayPass) await ports.ledger.forgetAttempts(key);
    else await ports.ledger.record(key, output, { replace: force });
    return output;
  }
}

function stoppedBy(item: RetrainItem, step: Step, error: Error): Stopped {
  const { schemaVersion, modelId, runId, asOf, trigger, overrides } = item;
  return {
    schemaVersion,
    modelId,
    runId,
    asOf,
    trigger,
    ...(overrides === undefined ? {} : { overrides }),
    outcome: failureKind(error) === "skip" ? "SKIPPED" : "FAILED",
    stoppedAt: step,
    error: error.name,
    reason: shortened(error.message),
    ...(error instanceof PipelineError && error.reportUri !== undefined ? { reportUri: error.reportUri } : {}),
  };
}

/** A state's payload has room for a sentence or two. */
function shortened(message: string): string {
  return message.length <= 600 ? message : `${message.slice(0, 599)}…`;
}
