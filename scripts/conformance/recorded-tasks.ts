/** The answers that a case's tasks got on AWS, given again: per state and iteration the 1st, the 2nd, … attempt. */
import type { JsonValue } from "../../packages/asl/src/index.ts";
import type { ExecutionPath, TaskFailed, TaskInvoker, TaskReply } from "../../packages/local-runner/src/index.ts";
import { printAsPython } from "./as-python.ts";
import type { ExecutionCase, RecordedReply } from "./execution-case.ts";

const stages: Readonly<Record<string, NonNullable<TaskFailed["stage"]>>> = {
  submitFailed: "submit",
  startFailed: "start",
  scheduleFailed: "schedule",
};

export function recordedTasks(replies: readonly RecordedReply[], recorded: ExecutionCase): TaskInvoker {
  const waiting = Map.groupBy(replies, ({ state, iterations = [] }) =>
    keyOf(
      state,
      iterations.map(({ map, index }) => ({ map, index })),
    ),
  );
  const printCause = causePrinter(recorded);
  return {
    invoke({ stateName, path, resource, target }) {
      const reply = waiting.get(keyOf(stateName, path))?.shift();
      if (reply === undefined && target.kind === "activity") {
        return { status: "failed", stage: "lookup", cause: `The activity ${resource} does not exist.` };
      }
      if (reply === undefined) throw new Error(`The recording has no answer for "${stateName}"`);
      return toReply(reply, recorded, printCause);
    },
  };
}

/** Branches of a Parallel are not part of the recorded place. */
function keyOf(state: string, path: ExecutionPath): string {
  return JSON.stringify([state, path.filter((step) => "map" in step).map(({ map, index }) => [map, index])]);
}

function toReply(reply: RecordedReply, recorded: ExecutionCase, print: (value: JsonValue) => string): TaskReply {
  const worker = workerOf(reply, recorded);
  const common = {
    ...(reply.submittedOutput === undefined ? undefined : { submittedOutput: reply.submittedOutput }),
    ...(worker === undefined ? undefined : { workerName: worker }),
  };
  if (reply.outcome === "succeeded") return { status: "succeeded", output: valueOf(reply.output ?? null), ...common };
  if (reply.outcome === "timedOut") return { status: "unanswered", ...common };
  const { error, cause } = reply;
  return {
    status: "failed",
    stage: stages[reply.outcome] ?? "run",
    ...(typeof error === "string" ? { error } : undefined),
    ...(cause === undefined || cause === null
      ? undefined
      : { cause: typeof cause === "string" ? cause : print(cause) }),
    ...common,
  };
}

/** Recordings keep what is not an object as its JSON text. */
function valueOf(output: JsonValue): JsonValue {
  if (typeof output !== "string") return output;
  try {
    return JSON.parse(output) as JsonValue;
  } catch {
    return output;
  }
}

function workerOf({ scheduledEventId }: RecordedReply, { expected }: ExecutionCase): string | undefined {
  const started = expected.history?.find(
    ({ type, previousEventId }) => type === "ActivityStarted" && previousEventId === scheduledEventId,
  );
  return (started?.["activityStartedEventDetails"] as { readonly workerName?: string } | undefined)?.workerName;
}

/** A cause was JSON text; whether it was written as Python does, shows only where it stands inside another text. */
function causePrinter({ expected }: ExecutionCase): (value: JsonValue) => string {
  return JSON.stringify(expected).includes(String.raw`\"errorMessage\": `) ? printAsPython : JSON.stringify;
}
