/**
 * One step of one model's run: done once, counted, and never in the way of the other models.
 *
 * A step whose inputs were seen before gives the answer that it gave then. What fails for a reason of the model's own
 * (`skip`, `fail`) becomes data; what may pass is thrown for the state's Retry, and becomes data on the last attempt,
 * because a failed iteration of an inline Map stops all the others.
 */
import type { RetrainItem, Step, Stopped } from "./contracts.ts";
import { asPipelineError, failureKind, PipelineError } from "./failures.ts";
import { hashOfJson } from "./canonical-json.ts";
import type { Ports, StepKey } from "./ports.ts";

/** The state's Retry allows two more. */
const mostAttempts = 3;

export interface StepRun<Output> {
  readonly item: RetrainItem;
  readonly step: Step;
  /** All that the result depends on besides the item. */
  readonly inputs: unknown;
  /** The step's answer when the model's run ends here. */
  readonly onStopped: (stopped: Stopped) => Output;
}

export async function runStep<Output extends object>(
  ports: Pick<Ports, "ledger" | "failureMode">,
  run: StepRun<Output>,
  work: () => Promise<Output>,
): Promise<Output> {
  const { item, step } = run;
  const force = item.overrides?.force === true;
  const key: StepKey = { modelId: item.modelId, runId: item.runId, step, inputHash: inputHash(run) };
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
    const lastAttempt = kind !== "retry" || attempt >= mostAttempts;
    if (kind === "refuse" || ports.failureMode === "throw" || !lastAttempt) throw asPipelineError(error);
    const output = run.onStopped(stoppedBy(item, step, asPipelineError(error), kind === "skip"));
    // What may pass is not remembered: the next run tries again.
    if (kind === "retry") await ports.ledger.forgetAttempts(key);
    else await ports.ledger.record(key, output, { replace: force });
    return output;
  }
}

function stoppedBy(item: RetrainItem, step: Step, error: Error, skipped: boolean): Stopped {
  const { schemaVersion, modelId, runId, asOf, trigger, overrides } = item;
  return {
    schemaVersion,
    modelId,
    runId,
    asOf,
    trigger,
    ...(overrides === undefined ? {} : { overrides }),
    outcome: skipped ? "SKIPPED" : "FAILED",
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

function inputHash(run: StepRun<unknown>): string {
  const { overrides, ...item } = run.item;
  const { force: _force, ...settings } = overrides ?? {};
  return hashOfJson([item, settings, run.inputs]);
}
