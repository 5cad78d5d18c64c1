/**
 * The mock file of AWS Step Functions Local (`MockConfigFile.json`), unchanged: responses by state and by how often
 * the state has asked. See the developer guide, "Using mocked service integrations" (Step Functions Local).
 */
import { isJsonObject } from "@stepwright/asl";
import type { JsonValue } from "@stepwright/asl";
import { MissingTaskError } from "./missing-task-error.ts";
import type { TaskInvoker, TaskReply, TaskRequest } from "./task-invoker.ts";
import { timesAsked } from "./times-asked.ts";

export interface MockConfig {
  readonly StateMachines: Readonly<Record<string, { readonly TestCases: Readonly<Record<string, MockTestCase>> }>>;
  /** By name, then by the number of the invocation: `"0"`, or `"1-2"` for the second and the third. */
  readonly MockedResponses: Readonly<Record<string, Readonly<Record<string, MockedResponse>>>>;
}

/** The name of a response by the name of a state. */
export type MockTestCase = Readonly<Record<string, string>>;

export type MockedResponse =
  | { readonly Return: JsonValue }
  | { readonly Throw: { readonly Error: string; readonly Cause?: string } };

/**
 * @param testCase what AWS writes after the `#` of the machine's ARN
 * @param otherwise answers the states that the test case does not name
 * @throws Error when the file has no such machine or test case, or a response that nobody defined
 */
export function mockConfigTasks(
  config: MockConfig,
  stateMachineName: string,
  testCase: string,
  otherwise?: TaskInvoker,
): TaskInvoker {
  const machine = memberOf(config.StateMachines, stateMachineName, "state machine");
  const responses = new Map(
    Object.entries(memberOf(machine.TestCases, testCase, `test case of ${stateMachineName}`)).map(
      ([stateName, response]) => [stateName, memberOf(config.MockedResponses, response, "mocked response")],
    ),
  );
  const timesBefore = timesAsked();
  return {
    invoke(request) {
      const response = responses.get(request.stateName);
      if (response === undefined) {
        if (otherwise !== undefined) return otherwise.invoke(request);
        throw new MissingTaskError(request, [...responses.keys()], `a response in the test case "${testCase}".`);
      }
      return replyOf(response, timesBefore(request), request);
    },
  };
}

function memberOf<Member>(members: Readonly<Record<string, Member>>, name: string, kind: string): Member {
  const member = Object.hasOwn(members, name) ? members[name] : undefined;
  if (member === undefined) {
    throw new Error(`The mock file has no ${kind} "${name}"; it has ${Object.keys(members).join(", ") || "none"}.`);
  }
  return member;
}

function replyOf(response: Readonly<Record<string, MockedResponse>>, times: number, request: TaskRequest): TaskReply {
  const found = Object.entries(response).find(([numbers]) => {
    const [first = 0, last = first] = numbers.split("-").map(Number);
    return first <= times && times <= last;
  });
  if (found === undefined) {
    throw new MissingTaskError(request, Object.keys(response), `a response for the number ${times}.`);
  }
  const [, mocked] = found;
  // The request itself was accepted; the file says what came of it.
  const waits = request.target.kind === "integration" && request.target.pattern !== "requestResponse";
  const submitted = waits ? { submittedOutput: {} } : undefined;
  if ("Return" in mocked) return { status: "succeeded", output: resultOf(mocked.Return, request), ...submitted };
  const { Error: error, Cause: cause } = mocked.Throw;
  return { status: "failed", error, ...(cause === undefined ? undefined : { cause }), ...submitted };
}

/** Responses of Lambda are written as `lambda:invoke` gives them; a function's own ARN gives the payload alone. */
function resultOf(returned: JsonValue, { target }: TaskRequest): JsonValue {
  const isEnvelope = isJsonObject(returned) && Object.hasOwn(returned, "Payload");
  return target.kind === "lambda" && isEnvelope ? returned["Payload"]! : returned;
}
