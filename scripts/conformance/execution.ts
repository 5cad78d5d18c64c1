/**
 * Cases of kind `execution`: what became of an execution on AWS, its tasks answered here as they were answered there.
 * Output, error, cause and the whole history are compared.
 */
import { parseJson } from "../../packages/asl/src/index.ts";
import type { JsonValue, StateMachineDefinition } from "../../packages/asl/src/index.ts";
import { memoryObjects, runDefinition } from "../../packages/local-runner/src/index.ts";
import type { ExecutionResult } from "../../packages/local-runner/src/index.ts";
import type { CaseOutcome, ConformanceCase, Difference } from "./case.ts";
import { differencesBetween, normalise } from "./compare.ts";
import type { ExecutionCase, RecordedEvent } from "./execution-case.ts";
import { historyDifferences } from "./history.ts";
import { recordedTasks } from "./recorded-tasks.ts";

export async function runExecution(conformanceCase: ConformanceCase): Promise<CaseOutcome> {
  const recorded = conformanceCase as ExecutionCase;
  const definitionText = recorded.definitionText ?? JSON.stringify(recorded.definition);
  if (!recorded.replay.complete) {
    return { kind: "unsupported", reason: `not recorded completely: ${recorded.replay.why?.join(", ")}` };
  }
  const result = await run(recorded, definitionText).catch((reason: unknown) => reason as Error);
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

async function run(recorded: ExecutionCase, definitionText: string): Promise<ExecutionResult> {
  const { executionName, inputText, stateMachineName, stateMachineType, startOp, expected } = recorded;
  const roleArn = roleArnOf(recorded);
  const stop = new AbortController();
  const isLeftWaiting = expected.status === "RUNNING" || expected.status === "ABORTED";
  return runDefinition(parsed(definitionText) as unknown as StateMachineDefinition, {
    ...(inputText === null ? undefined : { input: parsed(inputText), inputText }),
    ...(roleArn === undefined ? undefined : { roleArn }),
    ...(executionName === null ? undefined : { name: executionName }),
    stateMachineName,
    stateMachineType: startOp === "StartSyncExecution" ? stateMachineType : "STANDARD",
    tasks: recordedTasks(recorded.taskReplies ?? [], recorded),
    objects: memoryObjects({ ...recorded.environment?.s3Objects }),
    time: "virtual",
    startTimeEpochMs: startTimeOf(recorded),
    signal: stop.signal,
    onEvent({ type }) {
      if (isLeftWaiting && type === "WaitStateEntered") stop.abort();
    },
  });
}

function parsed(text: string): JsonValue {
  const { error, value } = parseJson(text);
  if (error !== undefined) throw new Error(`The case holds a text that is not JSON: ${error.message}`);
  return value;
}

/** Some recordings name the role otherwise than the case's replacements would: then it is given a name they leave alone. */
function roleArnOf({ roleArn, expected }: ExecutionCase): string | undefined {
  const details = expected.history?.[0]?.["executionStartedEventDetails"] as { readonly roleArn?: string } | undefined;
  const shown = details?.roleArn;
  if (shown?.startsWith("arn:") === true) return "arn:aws:iam::111111111111:role/recorded";
  return roleArn ?? shown;
}

/** When the execution ran, so that its timestamps lie ahead or behind as they did. */
function startTimeOf({ id, recordedDate }: ExecutionCase): number {
  // These two inputs were made anew when the corpus was: 24,855 and 24,856 days ahead of that moment.
  if (id.includes("too_far_in_future")) return Date.UTC(2026, 10, 23, 9, 15, 22);
  const [day = 1, month = 1, year = 2024, hour = 0, minute = 0, second = 0] = recordedDate.split(/\D+/).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

interface Actual {
  readonly status: string;
  readonly output?: unknown;
  readonly error?: unknown;
  readonly cause?: unknown;
  readonly history: readonly RecordedEvent[];
}

/** What we answered, as the recordings write it: their account, objects in the place of their JSON text. */
function asRecorded(result: ExecutionResult, recorded: ExecutionCase): Actual {
  const isRunning = recorded.expected.status === "RUNNING" && result.status === "ABORTED";
  const events = result.history.toHistoryEvents();
  const answer = {
    status: isRunning ? "RUNNING" : result.status,
    history: isRunning ? events.slice(0, -1) : events,
    ...(result.status === "SUCCEEDED"
      ? { output: JSON.stringify(result.output) }
      : { error: result.error, cause: result.cause }),
  };
  const text = JSON.stringify(answer)
    .replaceAll("123456789012", "111111111111")
    // Placeholders of tokens nest, which the comparison does not know.
    .replaceAll(/"YXJuO[\w-]{60,}/g, '"<token:1>')
    .replaceAll(/\\"YXJuO[\w-]{60,}/g, String.raw`\"<token:1>`);
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
