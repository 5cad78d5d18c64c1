/** The context object: `$$` in JSONPath, `$states.context` in JSONata. Built only when something reads it. */
import type { JsonObject } from "@stepwright/asl";
import type { ExecutionOps, MapItem, Thread } from "./thread.ts";

/** What a state adds to the context object of its thread. */
export interface ContextAddition {
  /** Of the Map whose ItemSelector is evaluated; the thread's own otherwise. */
  readonly item?: MapItem;
  readonly taskToken?: string | undefined;
}

/** Members in AWS's order (recorded). `RetryCount` is there only where there can be a Retry. */
export function contextObject(execution: ExecutionOps, thread: Thread, addition?: ContextAddition): JsonObject {
  const { redriveCount, redrivenAtEpochMs, settings } = execution;
  if (settings.context !== undefined) {
    const given = addition?.item;
    return given === undefined ? settings.context : { ...settings.context, Map: { Item: itemObject(given) } };
  }
  const { state } = thread;
  const retryable = state.type === "Task" || state.type === "Map" || state.type === "Parallel";
  const item = addition?.item ?? thread.item;
  const taskToken = addition?.taskToken;
  return {
    Execution: {
      Id: settings.executionArn,
      Input: settings.input,
      StartTime: instantText(settings.startTimeEpochMs),
      Name: settings.name,
      RoleArn: settings.roleArn,
      ...(redriveCount === undefined ? undefined : { RedriveCount: redriveCount }),
      ...(redrivenAtEpochMs === undefined ? undefined : { RedriveTime: instantText(redrivenAtEpochMs) }),
    },
    StateMachine: { Id: settings.stateMachineArn, Name: settings.stateMachineName },
    State: {
      Name: state.name,
      EnteredTime: instantText(thread.enteredAtEpochMs),
      ...(retryable ? { RetryCount: thread.retryCount } : undefined),
    },
    ...(taskToken === undefined ? undefined : { Task: { Token: taskToken } }),
    ...(item === undefined ? undefined : { Map: { Item: itemObject(item) } }),
  };
}

function itemObject({ index, key, source, value }: MapItem): JsonObject {
  return {
    Index: index,
    Value: value,
    ...(key === undefined ? undefined : { Key: key }),
    ...(source === undefined ? undefined : { Source: source }),
  };
}

/** As Java's `Instant.toString` prints it: no fraction when there is none. */
function instantText(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(".000Z", "Z");
}
