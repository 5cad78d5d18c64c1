/** The context object of a tested state: the given one, checked, or one of our own. */
import type { JsonObject, JsonValue, State } from "@stepwright/asl";
import { isJsonObject } from "@stepwright/asl";
import { localExpressExecutionArn, localStateMachineArn } from "../local-arn.ts";
import { parseTaskTarget } from "../tasks/task-target.ts";
import { invalid } from "./test-state-refusal.ts";
import { parsedMember, testedStateName } from "./tested-state.ts";

type Kind = "string" | "number" | "any";

/** What a given context object may hold. */
const members: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  Execution: {
    Id: "string",
    Input: "any",
    Name: "string",
    RoleArn: "string",
    StartTime: "string",
    RedriveCount: "number",
    RedriveTime: "string",
  },
  StateMachine: { Id: "string", Name: "string" },
  State: { Name: "string", EnteredTime: "string", RetryCount: "number" },
  Task: { Token: "string" },
};

/** @throws TestStateRefusal with AWS's words */
export function checkedContext(text: string, state: State): JsonObject {
  const context = parsedMember(text, "Context must be valid JSON");
  if (!isJsonObject(context)) throw refused("Context object must be a JSON object");
  if (Object.hasOwn(context, "Map")) throw refused("'Map' field is not supported when mocking a Context object");
  checkMembers("", context, members);
  if (Object.hasOwn(context, "Task") && !waitsForAnswer(state)) {
    throw refused(
      "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern",
    );
  }
  return context;
}

function checkMembers(
  path: string,
  value: JsonObject,
  allowed: Readonly<Record<string, Kind | (typeof members)[string]>>,
): void {
  for (const [name, member] of Object.entries(value)) {
    const kind = Object.hasOwn(allowed, name) ? allowed[name] : undefined;
    if (kind === undefined) throw refused(`Field '${path}${name}' is not allowed`);
    if (typeof kind === "object") {
      if (!isJsonObject(member)) throw refused(`${path}${name} must be an object`);
      checkMembers(`${path}${name}.`, member, kind);
    } else if (kind !== "any" && typeof member !== kind) {
      throw refused(`${path}${name} must be a ${kind}`);
    }
  }
}

function refused(reason: string): Error {
  return invalid(`Invalid Context object provided: ${reason}`);
}

function waitsForAnswer(state: State): boolean {
  const target = state.Type === "Task" ? parseTaskTarget(state.Resource) : undefined;
  return target?.kind === "integration" && target.pattern !== "requestResponse";
}

/** As the service makes one: an Express execution of a machine that nobody can see. */
export function ownContext(
  state: State,
  input: JsonValue,
  roleArn: string | undefined,
  retryCount: number,
  nowEpochMs: number,
): JsonObject {
  const stateMachineName = "TestState";
  const name = "testExecution";
  const time = new Date(nowEpochMs).toISOString();
  const isRetryable = state.Type === "Task" || state.Type === "Map" || state.Type === "Parallel";
  return {
    Execution: {
      Id: localExpressExecutionArn(stateMachineName, name),
      Input: input,
      StartTime: time,
      Name: name,
      RoleArn: roleArn ?? null,
    },
    StateMachine: { Id: localStateMachineArn(stateMachineName), Name: stateMachineName },
    State: {
      Name: testedStateName,
      EnteredTime: time,
      ...(isRetryable ? { RetryCount: retryCount } : undefined),
    },
  };
}
