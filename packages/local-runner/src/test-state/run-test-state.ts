/**
 * TestState: one state alone, its work mocked or done, with what its fields made of the input.
 *
 * The state runs in an execution of its own, followed by stand-ins for the states that it leads to. Of a mocked Map
 * or Parallel only what surrounds the work is left: it runs as a task whose answer is the mock.
 *
 * See the developer guide, "Using TestState API to test a state".
 */
import { parseJson, printJson } from "@stepwright/asl";
import type { Catcher, JsonObject, JsonValue, Retrier, State, StateMachineDefinition } from "@stepwright/asl";
import { Drive } from "../drivers/drive.ts";
import { Place } from "../history/place.ts";
import { compileMachine } from "../interpreter/compile-machine.ts";
import { Execution } from "../interpreter/execution.ts";
import { Thread } from "../interpreter/thread.ts";
import type { ExecutionSettings } from "../interpreter/thread.ts";
import { SeededRandom } from "../interpreter/random.ts";
import { matchRetrier, namesError, nextDelayMs } from "../interpreter/retry.ts";
import { runtimeError } from "../interpreter/state-failure.ts";
import { Variables } from "../interpreter/variables.ts";
import { localExpressExecutionArn, localRoleArn, localStateMachineArn } from "../local-arn.ts";
import type { HttpExchange } from "../tasks/http-exchange.ts";
import type { TaskInvoker, TaskReply } from "../tasks/task-invoker.ts";
import { parseTaskTarget } from "../tasks/task-target.ts";
import { checkedContext, ownContext } from "./checked-context.ts";
import { checkedMock } from "./checked-mock.ts";
import type { CheckedMock } from "./checked-mock.ts";
import { inspectState } from "./inspect-state.ts";
import type { Inspection } from "./inspect-state.ts";
import { shownExchange } from "./shown-exchange.ts";
import type { TestStateOptions } from "./test-state-options.ts";
import { TestStateRefusal, invalid } from "./test-state-refusal.ts";
import type { InspectionData, TestStateRequest, TestStateResponse } from "./test-state-request.ts";
import { parsedMember, parsedObject, testedState, testedStateName } from "./tested-state.ts";

/** See `testState`, which loads this file when it is first called. */
export async function runTestState(
  request: TestStateRequest,
  options: TestStateOptions = {},
): Promise<TestStateResponse> {
  const test = prepare(request, options);
  const inspected = await inspect(test, test.mock?.kind === "result" ? test.mock.result : undefined);
  const work = workOf(test, inspected, options.tasks);
  const bare = await runAlone(test, {}, work);
  const result = test.mock === undefined ? work.result() : undefined;
  const inspection = result === undefined ? inspected : await inspect(test, result);
  const response =
    bare.failure === undefined
      ? { status: "SUCCEEDED" as const, output: bare.output!, ...nextStateOf(bare.nextState) }
      : await failed(test, bare.failure, work);
  const exchange = request.inspectionLevel === "TRACE" ? work.exchange() : undefined;
  const data = { ...inspection.data, ...shownExchange(exchange, request.revealSecrets === true) };
  return shown(request, response, data);
}

interface Test {
  readonly state: State;
  readonly input: JsonValue;
  readonly mock: CheckedMock | undefined;
  readonly itemReaderData: JsonValue | undefined;
  readonly mapIterationFailureCount: number | undefined;
  readonly retrierRetryCount: number;
  readonly settings: Omit<ExecutionSettings, "startAt" | "random">;
  readonly seed: number;
}

function prepare(request: TestStateRequest, { seed = 0, nowEpochMs = 0 }: TestStateOptions): Test {
  const { mock, roleArn, stateConfiguration = {}, variables } = request;
  if (mock !== undefined && request.revealSecrets === true) {
    throw invalid("TestState does not support RevealSecrets when a mock is specified.");
  }
  const { language, state: defined } = testedState(request);
  const state = { ...defined, QueryLanguage: language } as State;
  refuseUnmocked(state, request);
  const { mapIterationFailureCount, mapItemReaderData, retrierRetryCount = 0 } = stateConfiguration;
  const input = inputOf(request.input ?? "{}");
  const context =
    request.context === undefined
      ? ownContext(state, input, roleArn, retrierRetryCount, nowEpochMs)
      : checkedContext(request.context, state);
  return {
    state,
    input,
    mock: mock === undefined ? undefined : checkedMock(mock, state),
    itemReaderData:
      mapItemReaderData === undefined
        ? undefined
        : parsedMember(mapItemReaderData, "MapItemReaderData must be valid JSON"),
    mapIterationFailureCount,
    retrierRetryCount,
    settings: {
      timeoutSeconds: undefined,
      input,
      executionArn: localExpressExecutionArn("TestState", "testExecution"),
      name: "testExecution",
      stateMachineArn: localStateMachineArn("TestState"),
      stateMachineName: "TestState",
      roleArn: roleArn ?? localRoleArn,
      redriveCount: undefined,
      startTimeEpochMs: nowEpochMs,
      maxHistoryEvents: 25_000,
      maxPayloadBytes: 262_144,
      context,
      variables: variables === undefined ? {} : parsedObject(variables, "Variables must be a JSON object"),
    },
    seed,
  };
}

function inputOf(text: string): JsonValue {
  const { error, value } = parseJson(text);
  if (error !== undefined)
    throw new TestStateRefusal("InvalidExecutionInput", `Invalid State Machine Execution Input: '${error.message}'`);
  return value;
}

function refuseUnmocked(state: State, { mock, roleArn, stateConfiguration }: TestStateRequest): void {
  if (mock !== undefined) return;
  if (stateConfiguration?.mapIterationFailureCount !== undefined) {
    throw invalid("TestState does not support MapIterationFailureCount when a mock is not specified.");
  }
  if (state.Type === "Map" || state.Type === "Parallel") {
    throw new TestStateRefusal(
      "InvalidDefinition",
      "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]",
    );
  }
  if (state.Type !== "Task") return;
  const target = parseTaskTarget(state.Resource);
  // Not recorded: the words are ours.
  if (target?.kind === "activity" || (target?.kind === "integration" && target.pattern !== "requestResponse")) {
    throw new TestStateRefusal(
      "InvalidDefinition",
      `TestState does not support the resource ${state.Resource} when a mock is not specified.`,
    );
  }
  if (roleArn === undefined) throw invalid("RoleArn must be specified when testing a Task state");
}

async function inspect(test: Test, result: JsonValue | undefined): Promise<Inspection> {
  const { itemReaderData, seed, settings, state } = test;
  const startAt = compileMachine(machineOf(withoutWork(state))).startAt;
  const execution = new Execution({ ...settings, startAt, random: new SeededRandom(seed) });
  const variables = new Variables(undefined);
  variables.assign(settings.variables!);
  const thread = new Thread(undefined, 0, Place.top, variables, undefined, startAt, settings.input, 0);
  return inspectState(state, { execution, thread, input: settings.input, result, itemReaderData });
}

// The work

/** Who answers the task, and what the answer was. */
interface Work {
  readonly invoker: TaskInvoker;
  readonly result: () => JsonValue | undefined;
  readonly exchange: () => HttpExchange | undefined;
}

function workOf(test: Test, inspection: Inspection, tasks: TaskInvoker | undefined): Work {
  if (test.mock !== undefined) {
    const reply = mockedReply(test, test.mock, inspection);
    return { invoker: { invoke: () => reply }, result: () => undefined, exchange: () => undefined };
  }
  let exchange: HttpExchange | undefined;
  let kept: TaskReply | undefined;
  const keep = (reply: TaskReply): TaskReply => (kept = reply);
  const invoker: TaskInvoker = {
    invoke(request) {
      // What catches an error runs the state again, and its work is done once.
      if (kept !== undefined) return kept;
      if (tasks === undefined) throw new Error(`Nobody does the work of ${request.resource}. Mock it, or give tasks.`);
      request.exchanged = (told) => void (exchange = told);
      const reply = tasks.invoke(request);
      return reply instanceof Promise ? reply.then(keep) : keep(reply);
    },
  };
  const result = () => (kept?.status === "succeeded" ? kept.output : undefined);
  return { invoker, result, exchange: () => exchange };
}

function mockedReply(test: Test, mock: CheckedMock, { data, failure, iterations }: Inspection): TaskReply {
  // A Map or Parallel runs as a task, which has none of the fields that failed.
  if (failure !== undefined) return failedReply(failure);
  if (isThresholdExceeded(test, mock, data, iterations)) {
    return failedReply({
      error: "States.ExceedToleratedFailureThreshold",
      cause: "The specified tolerated failure threshold was exceeded",
    });
  }
  return mock.kind === "result" ? { status: "succeeded", output: mock.result } : failedReply(mock);
}

function failedReply({
  error,
  cause,
}: {
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}): TaskReply {
  return {
    status: "failed",
    ...(error === undefined ? undefined : { error }),
    ...(cause === undefined ? undefined : { cause }),
  };
}

/** Without tolerated failures in its definition, a Map is not failed by their count (recorded). */
function isThresholdExceeded(
  { mapIterationFailureCount: failures }: Test,
  mock: CheckedMock,
  { toleratedFailureCount, toleratedFailurePercentage }: InspectionData,
  iterations: number | undefined,
): boolean {
  if (failures === undefined) return false;
  const mocked = mock.kind === "result" && Array.isArray(mock.result) ? mock.result.length : undefined;
  const total = iterations ?? mocked;
  if (total !== undefined && failures > total) {
    throw invalid("Map iteration failure count must be less than or equal to the number of Map iterations");
  }
  if (mock.kind === "error") return false;
  if (toleratedFailureCount !== undefined && failures > toleratedFailureCount) return true;
  if (toleratedFailurePercentage === undefined || total === undefined) return false;
  return failures * 100 > toleratedFailurePercentage * total;
}

// The run

interface Ran {
  readonly output: string | undefined;
  readonly nextState: string | undefined;
  readonly failure: Failure | undefined;
}

interface Failure {
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

async function runAlone(
  test: Test,
  catching: { readonly Catch?: readonly Catcher[] },
  { invoker }: Work,
): Promise<Ran> {
  const startAt = compileMachine(machineOf({ ...withoutWork(test.state), ...catching })).startAt;
  const execution = new Execution({ ...test.settings, startAt, random: new SeededRandom(test.seed) });
  const drive = new Drive({
    execution,
    invoker,
    time: "virtual",
    onEvent: undefined,
    onChildEnded: undefined,
    objects: undefined,
    closed: true,
  });
  await drive.start();
  const exited = execution.events.find(({ type }) => type.endsWith("StateExited"));
  const outcome = execution.outcome!;
  if (exited === undefined && outcome.status !== "SUCCEEDED") {
    return {
      output: undefined,
      nextState: undefined,
      failure: { error: outcome.error, cause: plainCause(outcome.cause) },
    };
  }
  const next = execution.events.find(({ id, type }) => id > exited!.id && type.endsWith("StateEntered"));
  return { output: printJson(exited!.value!), nextState: next?.stateName, failure: undefined };
}

/** TestState does not say where in an execution it happened (recorded). */
function plainCause(cause: string | undefined): string | undefined {
  return cause?.replace(/^An error occurred while executing the state '.*?' \(entered at the event id #\d+\)\. /, "");
}

/** Of a Map or Parallel what is around its work; of any state its first attempt, nothing caught. */
function withoutWork(state: State): State {
  const { Retry: _retry, Catch: _catch, ...alone } = state as State & { Retry?: unknown; Catch?: unknown };
  if (state.Type !== "Map" && state.Type !== "Parallel") return alone;
  const fields = Object.entries(alone).filter(([name]) => aroundWork.has(name));
  return {
    ...Object.fromEntries(fields),
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke",
  } as unknown as State;
}

const aroundWork: ReadonlySet<string> = new Set([
  "QueryLanguage",
  "Next",
  "End",
  "ResultSelector",
  "ResultPath",
  "OutputPath",
  "Output",
  "Assign",
]);

/** The state with stand-ins for those that it leads to. */
function machineOf(state: State): StateMachineDefinition {
  const targets = [...JSON.stringify(state).matchAll(/"(?:Next|Default)":("(?:[^"\\]|\\.)*")/g)].map(
    ([, target]) => JSON.parse(target!) as string,
  );
  const standIns = targets.map((name) => [name, { Type: "Succeed" }] as const);
  const States = { ...Object.fromEntries(standIns), [testedStateName]: state } as StateMachineDefinition["States"];
  return { StartAt: testedStateName, States };
}

// The response

type Response = Omit<TestStateResponse, "inspectionData"> & Pick<InspectionData, "errorDetails">;

async function failed(test: Test, failure: Failure, work: Work): Promise<Response> {
  const { error, cause } = failure;
  const named = { ...(error === undefined ? undefined : { error }), ...(cause === undefined ? undefined : { cause }) };
  const { Catch: catchers = [], Retry: retriers = [] } = test.state as {
    Retry?: readonly Retrier[];
    Catch?: readonly Catcher[];
  };
  // What the service itself reports under this name, nothing retries or catches.
  const isFatal = error === runtimeError && test.mock?.kind !== "error";
  const retryIndex = isFatal ? -1 : matchRetrier(retriers, failure);
  const retried = retryIndex === -1 ? undefined : { retryIndex };
  if (retried !== undefined) {
    const delayMs = nextDelayMs(retriers[retryIndex]!, test.retrierRetryCount, new SeededRandom(test.seed));
    if (delayMs !== undefined) {
      return {
        status: "RETRIABLE",
        ...named,
        errorDetails: { ...retried, retryBackoffIntervalSeconds: delayMs / 1000 },
      };
    }
  }
  const catchIndex = isFatal ? -1 : catchers.findIndex(({ ErrorEquals }) => namesError(ErrorEquals, failure));
  if (catchIndex === -1) {
    return { status: "FAILED", ...named, ...(retried === undefined ? undefined : { errorDetails: retried }) };
  }
  const caught = await runAlone(test, { Catch: catchers }, work);
  if (caught.failure !== undefined) return { status: "FAILED", ...caught.failure } as Response;
  return {
    status: "CAUGHT_ERROR",
    ...named,
    output: caught.output!,
    ...nextStateOf(caught.nextState),
    errorDetails: { ...retried, catchIndex },
  };
}

function nextStateOf(nextState: string | undefined): { readonly nextState?: string } {
  return nextState === undefined ? {} : { nextState };
}

function shown(
  { input = "{}", inspectionLevel = "INFO", variables }: TestStateRequest,
  { errorDetails, ...response }: Response,
  data: InspectionData,
): TestStateResponse {
  if (inspectionLevel === "INFO") return response;
  const hasVariables = variables !== undefined && Object.keys(JSON.parse(variables) as JsonObject).length > 0;
  const inspectionData = {
    input,
    ...data,
    ...(hasVariables ? { variables } : undefined),
    ...(errorDetails === undefined ? undefined : { errorDetails }),
  };
  return { ...response, inspectionData };
}
