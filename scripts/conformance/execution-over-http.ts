/** A recorded execution through AWS's own client and the service's door, in virtual time. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
} from "@aws-sdk/client-sfn";
import type { HistoryEvent } from "@aws-sdk/client-sfn";
import { StepFunctionsService, createHttpDoor } from "../../packages/local-runner/src/api/index.ts";
import { memoryObjects } from "../../packages/local-runner/src/index.ts";
import type { ExecutionCase } from "./execution-case.ts";
import type { AnswerExecution, ExecutionAnswer } from "./execution.ts";
import { isLeftWaiting, roleArnOf, startTimeOf } from "./recorded-start.ts";
import { recordedTasks } from "./recorded-tasks.ts";

export const answerOverHttp: AnswerExecution = async (recorded, definitionText) => {
  const service = new StepFunctionsService({
    // The recording answers every task, those too that the service would do itself.
    testCases: () => recordedTasks(recorded.taskReplies ?? [], recorded),
    objects: memoryObjects({ ...recorded.environment?.s3Objects }),
    time: "virtual",
    now: () => startTimeOf(recorded),
    onEvent({ arn }, { type }) {
      if (isLeftWaiting(recorded) && type === "WaitStateEntered")
        void service.call("StopExecution", { executionArn: arn });
    },
  });
  const server = createHttpDoor(service).listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = new SFNClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    disableHostPrefix: true,
    maxAttempts: 1,
  });
  try {
    return await execute(client, recorded, definitionText);
  } finally {
    client.destroy();
    server.closeAllConnections();
    server.close();
    service.close();
  }
};

async function execute(client: SFNClient, recorded: ExecutionCase, definition: string): Promise<ExecutionAnswer> {
  const { executionName, inputText, startOp, stateMachineName } = recorded;
  const recordedRole = roleArnOf(recorded) ?? localRole;
  const isArn = recordedRole.startsWith("arn:");
  const isSync = startOp === "StartSyncExecution";
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({
      // A machine that a template made has no name of its own in some recordings.
      name: stateMachineName ?? "StateMachine",
      // The API takes real ARNs only.
      definition: definition.replaceAll("arn:<partition>:", "arn:aws:"),
      roleArn: isArn ? recordedRole : localRole,
      type: isSync ? recorded.stateMachineType : "STANDARD",
    }),
  );
  const request = {
    stateMachineArn: `${stateMachineArn}#Recorded`,
    ...(executionName === null ? undefined : { name: executionName }),
    ...(inputText === null ? undefined : { input: inputText }),
  };
  if (isSync) {
    const { cause, error, output, status = "" } = await client.send(new StartSyncExecutionCommand(request));
    return { status, output, error, cause, events: [] };
  }
  const { executionArn } = await client.send(new StartExecutionCommand(request));
  const outcome = await outcomeOf(client, executionArn!);
  const events = JSON.stringify(await historyOf(client, executionArn!));
  return {
    ...outcome,
    events: JSON.parse(isArn ? events : events.replace(localRole, recordedRole)) as readonly object[],
  };
}

const localRole = "arn:aws:iam::123456789012:role/local";

async function outcomeOf(client: SFNClient, executionArn: string): Promise<Omit<ExecutionAnswer, "events">> {
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    const { cause, error, output, status = "" } = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== "RUNNING") return { status, output, error, cause };
    await turn();
  }
  throw new Error("The execution does not end.");
}

async function historyOf(client: SFNClient, executionArn: string): Promise<readonly HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new GetExecutionHistoryCommand({ executionArn, maxResults: 1000, ...(nextToken && { nextToken }) }),
    );
    events.push(...(page.events ?? []));
    ({ nextToken } = page);
  } while (nextToken !== undefined);
  return events;
}
