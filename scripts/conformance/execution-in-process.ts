import { parseJson } from "../../packages/asl/src/index.ts";
import type { JsonValue, StateMachineDefinition } from "../../packages/asl/src/index.ts";
import { memoryObjects, runDefinition } from "../../packages/local-runner/src/index.ts";
import type { AnswerExecution } from "./execution.ts";
import { isLeftWaiting, roleArnOf, startTimeOf } from "./recorded-start.ts";
import { recordedTasks } from "./recorded-tasks.ts";

export const answerInProcess: AnswerExecution = async (recorded, definitionText) => {
  const { executionName, inputText, stateMachineName, stateMachineType, startOp } = recorded;
  const roleArn = roleArnOf(recorded);
  const stop = new AbortController();
  const result = await runDefinition(parsed(definitionText) as unknown as StateMachineDefinition, {
    ...(inputText === null ? undefined : { input: parsed(inputText), inputText }),
    ...(roleArn === undefined ? undefined : { roleArn }),
    ...(executionName === null ? undefined : { name: executionName }),
    ...(stateMachineName === null ? undefined : { stateMachineName }),
    stateMachineType: startOp === "StartSyncExecution" ? stateMachineType : "STANDARD",
    tasks: recordedTasks(recorded.taskReplies ?? [], recorded),
    objects: memoryObjects({ ...recorded.environment?.s3Objects }),
    time: "virtual",
    startTimeEpochMs: startTimeOf(recorded),
    signal: stop.signal,
    onEvent({ type }) {
      if (isLeftWaiting(recorded) && type === "WaitStateEntered") stop.abort();
    },
  });
  return {
    status: result.status,
    output: result.status === "SUCCEEDED" ? JSON.stringify(result.output) : undefined,
    error: result.status === "SUCCEEDED" ? undefined : result.error,
    cause: result.status === "SUCCEEDED" ? undefined : result.cause,
    events: result.history.toHistoryEvents(),
  };
};

function parsed(text: string): JsonValue {
  const { error, value } = parseJson(text);
  if (error !== undefined) throw new Error(`The case holds a text that is not JSON: ${error.message}`);
  return value;
}
