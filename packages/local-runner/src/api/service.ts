/**
 * The service without its network: takes the name of an operation and its request, gives its answer.
 * What it is and what must survive the process goes through the journal; see `journal/`.
 */
import { createHash, randomUUID } from "node:crypto";
import { uuidFrom } from "@stepwright/asl";
import type { ArnHome, JsonObject, JsonValue } from "@stepwright/asl";
import type { ExecutionEvent } from "../history/execution-event.ts";
import type { Journal, RecordedCall, RecordedEnd } from "../journal/journal.ts";
import { KeyedRandom } from "../journal/keyed-random.ts";
import { noJournal } from "../journal/no-journal.ts";
import { isOwnToken } from "../journal/recorded-execution.ts";
import { localAccount, localRegion } from "../local-arn.ts";
import type { ObjectStore } from "../map-run/object-store.ts";
import { handlerInvoker } from "../tasks/handler-invoker.ts";
import type { TaskHandlers } from "../tasks/task-handlers.ts";
import type { TaskInvoker } from "../tasks/task-invoker.ts";
import { ActivityQueues } from "./activity-queues.ts";
import { checkRequest } from "./check-request.ts";
import { Executions } from "./executions.ts";
import { checkDefinition } from "./machine-settings.ts";
import type { CallContext } from "./operation.ts";
import { operations } from "./operations/index.ts";
import type { EventOwner, ExecutionRecord, MachineRevision } from "./records.ts";
import { isOperationName, requestShapes } from "./request-shapes.ts";
import { ServiceError } from "./service-error.ts";
import { serviceInvoker, withMissingTasksFailed } from "./service-invoker.ts";
import { ServiceState } from "./service-state.ts";

export interface ServiceOptions {
  /** Who does the tasks: handlers by Lambda function name, or an invoker. Activities and calls to this service itself need none. */
  readonly tasks?: TaskHandlers | TaskInvoker;
  /** Where Distributed Maps read and write: stands for S3. */
  readonly objects?: ObjectStore;
  /** Values for the definitions' `${Name}`. */
  readonly substitutions?: Readonly<Record<string, string>>;
  /** Where the state is kept; nothing survives the process when absent. */
  readonly journal?: Journal;
  /** How long GetActivityTask waits; 60,000 when absent, as on AWS. */
  readonly activityPollMs?: number;
  /**
   * Mocks by test case: who answers all tasks of an execution that was started as `…:stateMachine:Name#TestCase`.
   * @throws Error when there is no such test case
   * @example testCases: (machine, testCase, otherwise) => mockConfigTasks(config, machine, testCase, otherwise)
   */
  readonly testCases?: (stateMachineName: string, testCase: string, otherwise: TaskInvoker) => TaskInvoker;
  /** `virtual` lets waits, timeouts and retry intervals pass at once, as in `runDefinition`; `real` when absent. */
  readonly time?: "real" | "virtual";
  /** When a call comes, in milliseconds since 1970; the system's clock when absent. */
  readonly now?: () => number;
  /** Called for each history event as it is recorded, of Map Runs' children too. */
  readonly onEvent?: (owner: EventOwner, event: ExecutionEvent) => void;
  /** Called when an execution has begun or ended. */
  readonly onStatus?: (record: ExecutionRecord) => void;
  /** Told what of the journal could not be done again, in a sentence; a warning of the process when absent. */
  readonly onNotRestored?: (problem: string) => void;
}

export interface CallOptions {
  /** Aborted when the caller has gone away. */
  readonly signal?: AbortSignal;
}

export interface ServiceStatistics {
  readonly stateMachines: number;
  readonly runningExecutions: number;
  readonly startedExecutions: number;
  /** By the status in which they ended. */
  readonly endedExecutions: Readonly<Record<string, number>>;
}

export class StepFunctionsService {
  readonly #state: ServiceState;
  readonly #journal: Journal;
  readonly #executions: Executions;
  readonly #activities = new ActivityQueues();
  readonly #tasks: TaskInvoker;
  readonly #testCases: ServiceOptions["testCases"];
  readonly #now: () => number;
  readonly #activityPollMs: number;
  readonly #onStatus: ((record: ExecutionRecord) => void) | undefined;
  readonly #onNotRestored: (problem: string) => void;
  #started = 0;
  readonly #ended: Record<string, number> = {};

  /** Reads the journal, and goes on with every execution that had not ended. */
  constructor(options: ServiceOptions = {}) {
    const {
      activityPollMs = 60_000,
      journal = noJournal(),
      now = Date.now,
      onEvent,
      onNotRestored = (problem) => process.emitWarning(problem),
      onStatus,
      substitutions = {},
      tasks = {},
      testCases,
      time = "real",
    } = options;
    this.#state = new ServiceState(home);
    this.#journal = journal;
    this.#activityPollMs = activityPollMs;
    this.#onStatus = onStatus;
    this.#onNotRestored = onNotRestored;
    this.#testCases = testCases;
    this.#now = now;
    this.#tasks = serviceInvoker({
      call: (operation, request, signal) => this.call(operation, request, signal === undefined ? {} : { signal }),
      ended: (executionArn) => this.#executions.ended(executionArn),
      activities: this.#activities,
      hasActivity: (arn) => this.#state.activities.has(arn),
      home,
      tasks: isInvoker(tasks) ? tasks : handlerInvoker(tasks),
    });
    this.#executions = new Executions({
      journal,
      invokerOf: (record) => this.#invokerOf(record),
      time,
      objects: options.objects,
      substitutions,
      onEvent: (owner, event) => onEvent?.(owner, event),
      onEnded: (record) => this.#executionEnded(record),
    });
    this.#restore();
  }

  get statistics(): ServiceStatistics {
    return {
      stateMachines: this.#state.machines.size,
      runningExecutions: this.#executions.runningCount,
      startedExecutions: this.#started,
      endedExecutions: this.#ended,
    };
  }

  /**
   * Does one operation.
   * @param operation as in AWS's API: `StartExecution`
   * @throws ServiceError what AWS would refuse, in its words
   */
  async call(operation: string, request: JsonValue, { signal }: CallOptions = {}): Promise<JsonObject> {
    if (!isOperationName(operation)) {
      throw new ServiceError("UnknownOperationException", `There is no operation ${operation}.`);
    }
    const checked = checkRequest(requestShapes[operation], request);
    const { isRecorded, run } = operations[operation];
    const recorded = { operation, input: checked, atEpochMs: this.#now(), seed: randomUUID() };
    const launched: ExecutionRecord[] = [];
    const context = this.#contextOf(recorded, (record) => void launched.push(record), signal);
    const answer = run(context, checked);
    if (isRecorded) this.#record(recorded, launched);
    const answered = await answer;
    await this.#journal.kept();
    return answered;
  }

  #record(call: RecordedCall, launched: readonly ExecutionRecord[]): void {
    // An Express execution is not kept: neither is its start.
    const place = launched.every(({ type }) => type === "STANDARD") ? this.#journal.appendCall(call) : undefined;
    for (const record of launched) {
      record.startPlace ??= place;
      if (record.redriveCount > 0) {
        this.#executions.redrive(record);
      } else {
        this.#started += 1;
        this.#executions.launch(record);
      }
      this.#onStatus?.(record);
    }
  }

  /** Leaves everything as the journal has it. */
  close(): void {
    this.#activities.close();
    this.#executions.abandon();
    this.#journal.close();
  }

  #contextOf(
    { atEpochMs, seed }: RecordedCall,
    launch: (record: ExecutionRecord) => void,
    signal: AbortSignal | undefined,
  ): CallContext {
    const random = new KeyedRandom(createHash("sha256").update(seed).digest("hex"));
    return {
      state: this.#state,
      executions: this.#executions,
      activities: this.#activities,
      tasks: this.#tasks,
      nowEpochMs: atEpochMs,
      activityPollMs: this.#activityPollMs,
      signal,
      newId: () => uuidFrom(random),
      launch,
      forget: (executionArn) => this.#journal.forgetEvents(executionArn),
      isOwnToken: (taskToken) => isOwnToken(taskToken, this.#journal.key),
      assertDefinition: checkDefinition,
      assertRunnable: (revision) => this.#assertRunnable(revision),
      assertTestCase: (stateMachineName, testCase) => this.#assertTestCase(stateMachineName, testCase),
    };
  }

  #assertRunnable(revision: MachineRevision): void {
    try {
      this.#executions.compile(revision);
    } catch (reason) {
      throw new ServiceError("InvalidDefinition", `Invalid State Machine Definition: '${(reason as Error).message}'`);
    }
  }

  #assertTestCase(stateMachineName: string, testCase: string): void {
    try {
      this.#testCases?.(stateMachineName, testCase, this.#tasks);
    } catch (reason) {
      throw new ServiceError("InvalidArn", (reason as Error).message);
    }
    if (this.#testCases === undefined) {
      throw new ServiceError("InvalidArn", `There are no mocks, and so no test case ${testCase}.`);
    }
  }

  #invokerOf({ machineName, testCase }: ExecutionRecord): TaskInvoker {
    if (testCase === undefined || this.#testCases === undefined) return this.#tasks;
    try {
      return withMissingTasksFailed(this.#testCases(machineName, testCase, this.#tasks));
    } catch (reason) {
      const cause = (reason as Error).message;
      return { invoke: () => ({ status: "failed", error: "States.Runtime", cause }) };
    }
  }

  #restore(): void {
    for (const entry of this.#journal.entries()) {
      if (entry.kind === "end") this.#restoreEnd(entry.end, entry.place);
      else this.#redo(entry.call, entry.place);
    }
    for (const record of this.#state.executions.values()) {
      if (record.status === "RUNNING") this.#goOn(record);
    }
  }

  /** A journal outlives the rules that it was written by: what cannot go on stays as it is, all others do. */
  #goOn(record: ExecutionRecord): void {
    try {
      this.#executions.launch(record);
    } catch (reason) {
      this.#onNotRestored(`The execution ${record.arn} could not go on: ${(reason as Error).message}`);
    }
  }

  #redo(call: RecordedCall, place: number): void {
    if (!isOperationName(call.operation)) return;
    const launch = (record: ExecutionRecord): void => void (record.startPlace ??= place);
    const context = this.#contextOf(call, launch, undefined);
    // The mocks and the rules may be others by now; what was accepted once is there, and what was begun goes on.
    const accepted = { ...context, forget() {}, assertTestCase() {}, assertDefinition() {}, assertRunnable() {} };
    try {
      void operations[call.operation].run(accepted, call.input);
    } catch (reason) {
      const at = new Date(call.atEpochMs).toISOString();
      const { message, name } = reason as Error;
      this.#onNotRestored(`The journal's ${call.operation} of ${at} could not be done again: ${name}: ${message}`);
    }
  }

  #restoreEnd(end: RecordedEnd, place: number): void {
    const record = this.#state.executions.get(end.executionArn);
    if (record === undefined) return;
    record.status = end.status;
    record.stoppedAtEpochMs = end.stoppedAtEpochMs;
    // Both are in the journal, and few will ask.
    record.payload = undefined;
    record.endPlace = place;
    record.error = end.error;
    record.cause = end.cause;
    record.eventCount = end.eventCount;
    record.mapRunArns = end.mapRunArns;
    this.#state.forgetDeleted(record.machineArn);
  }

  #executionEnded(record: ExecutionRecord): void {
    this.#ended[record.status] = (this.#ended[record.status] ?? 0) + 1;
    this.#state.forgetDeleted(record.machineArn);
    this.#onStatus?.(record);
  }
}

function isInvoker(tasks: TaskHandlers | TaskInvoker): tasks is TaskInvoker {
  return "invoke" in tasks && typeof tasks.invoke === "function";
}

const home: ArnHome = { partition: "aws", region: localRegion, account: localAccount };
