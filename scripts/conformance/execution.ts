/**
 * Cases of kind `execution`: what became of an execution on AWS, its tasks answered here as they were answered there.
 * Output, error, cause and the whole history are compared.
 */
import type { CaseOutcome, ConformanceCase, Difference } from "./case.ts";
import { differencesBetween, normalise } from "./compare.ts";
import type { ExecutionCase, RecordedEvent } from "./execution-case.ts";
import { historyDifferences } from "./history.ts";

/** What became of an execution here, whoever ran it. */
export interface ExecutionAnswer {
  readonly status: string;
  /** JSON text. */
  readonly output: string | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** As GetExecutionHistory gives them. */
  readonly events: readonly object[];
}

export type AnswerExecution = (recorded: ExecutionCase, definitionText: string) => Promise<ExecutionAnswer>;

/** @param answerExecution  runs the case: in process, or through the service's door */
export async function runExecution(
  conformanceCase: ConformanceCase,
  answerExecution: AnswerExecution,
): Promise<CaseOutcome> {
  const recorded = conformanceCase as ExecutionCase;
  const definitionText = recorded.definitionText ?? JSON.stringify(recorded.definition);
  if (!recorded.replay.complete) {
    return { kind: "unsupported", reason: `not recorded completely: ${recorded.replay.why?.join(", ")}` };
  }
  const result = await answerExecution(recorded, definitionText).catch((reason: unknown) => reason as Error);
  if (result instanceof Error) {
    return {
      kind: "ran",
      actual: result.message,
      differences: [{ path: "$", expected: "a run", actual: result.message }],
    };
  }
  const actual = asRecorded(result, recorded);
  return { kind: "ran", actual, differences: differencesOf(actual, recorded) };
}

interface Actual {
  readonly status: string;
  readonly output?: unknown;
  readonly error?: unknown;
  readonly cause?: unknown;
  readonly history: readonly RecordedEvent[];
}

/** What we answered, as the recordings write it: their account, objects in the place of their JSON text. */
function asRecorded({ events, ...result }: ExecutionAnswer, recorded: ExecutionCase): Actual {
  const isRunning = recorded.expected.status === "RUNNING" && result.status === "ABORTED";
  const answer = {
    ...result,
    status: isRunning ? "RUNNING" : result.status,
    history: isRunning ? events.slice(0, -1) : events,
  };
  const text = JSON.stringify(answer)
    .replaceAll("123456789012", "111111111111")
    // Placeholders of tokens nest, which the comparison does not know.
    .replaceAll(/"YXJuO[\w-]{60,}(?:\.[\w-]+)?/g, '"<token:1>')
    .replaceAll(/\\"YXJuO[\w-]{60,}(?:\.[\w-]+)?/g, String.raw`\"<token:1>`);
  return normalise(JSON.parse(text), recorded) as Actual;
}

function differencesOf(actual: Actual, recorded: ExecutionCase): readonly Difference[] {
  const { expected } = recorded;
  const differences: Difference[] = [];
  const compare = (name: "status" | "error" | "cause", found: unknown, wanted: unknown): void => {
    if (wanted === undefined || wanted === null) return;
    for (const { path, ...rest } of differencesBetween(found, wanted, recorded)) {
      differences.push({ path: path.replace("$", `$.${name}`), ...rest });
    }
  };
  compare("status", actual.status, expected.status);
  compare("error", actual.error, expected.error);
  compare("cause", actual.cause, expected.cause);
  if (expected.output !== undefined && actual.status === "SUCCEEDED") {
    const isText = typeof expected.output !== "object" || expected.output === null;
    const wanted = isText ? JSON.stringify(expected.output) : expected.output;
    for (const { path, ...rest } of differencesBetween(actual.output, wanted, recorded)) {
      differences.push({ path: path.replace("$", "$.output"), ...rest });
    }
  }
  if (expected.history !== undefined) {
    differences.push(...historyDifferences(actual.history, expected.history, recorded));
  }
  return differences;
}
