/**
 * The interpreter: a synchronous, deterministic machine. It takes an event, runs every thread as far as it goes,
 * and leaves history events and commands behind. It never awaits, reads a clock or touches the outside.
 *
 * What always holds:
 * - A thread is either in the ready queue, or waits for one thing (task, timer, evaluation, region), or is done.
 * - Nothing recurses along the states: leaving a state puts the thread back into the queue.
 * - Once there is an outcome, nothing more is recorded and every later event is ignored.
 * - The child executions of Distributed Maps are executions of their own below the root: its events and commands are
 *   theirs too, and its ids are unique among them. Only the root is told events.
 */
import { EvaluationFailure } from "@stepwright/asl";
import type {
  Evaluated,
  EvaluationScope,
  JsonObject,
  JsonValue,
  RandomSource,
  Retrier,
  StateType,
} from "@stepwright/asl";
import type { HistoryEventType } from "../history/event-type.ts";
import type { ExecutionEventDetails } from "../history/execution-event.ts";
import { Place } from "../history/place.ts";
import { RecordedEvent } from "../history/recorded-event.ts";
import type { MapRun } from "../map-run/map-run.ts";
import type {
  ItemReadRequest,
  ItemsRead,
  ResultRecord,
  ResultWriteRequest,
  ResultsWritten,
} from "../map-run/item-source.ts";
import type { TaskReply } from "../tasks/task-invoker.ts";
import type { Command, DeferredExpression, InterpreterEvent, TaskCommand, TokenReply } from "./event.ts";
import type { FinishedRun } from "./finished-run.ts";
import type { Outcome } from "./outcome.ts";
import { payloadBytes } from "./payload-size.ts";
import { matchRetrier, namesError, nextDelayMs } from "./retry.ts";
import { runtimeError } from "./state-failure.ts";
import type { StateFailure } from "./state-failure.ts";
import { Variables } from "./variables.ts";

/** A state as the interpreter needs it; `compile-machine.ts` makes them, one shape for all types. */
export interface CompiledState {
  readonly name: string;
  readonly type: StateType;
  readonly enteredType: HistoryEventType;
  /** A Fail state has none. */
  readonly exitedType: HistoryEventType | undefined;
  /** Map and Parallel: recorded when neither Retry nor the end of the iteration takes the failure. */
  readonly failedType: HistoryEventType | undefined;
  /** Recorded when a sibling's failure ends the state. */
  readonly abortedType: HistoryEventType | undefined;
  readonly retriers: readonly Retrier[];
  readonly catchers: readonly CompiledCatcher[];
  /** Begins the state's work, again for each retry. `XStateEntered` is recorded before the first time. */
  readonly run: (execution: Execution, thread: Thread) => void;
}

export interface CompiledCatcher {
  readonly errorEquals: readonly string[];
  /** Leaves the state with the error output. */
  readonly run: (execution: Execution, thread: Thread, errorOutput: JsonObject) => void;
}

export type Continuation = (value: JsonValue) => void;

/** A Map or Parallel state at work. */
export interface Activation {
  /** Ends everything inside; its aborted events follow `causeEventId`. */
  abort(execution: Execution, causeEventId: number): void;
}

/** An activation whose children are threads. */
export interface Region extends Activation {
  childSucceeded(execution: Execution, child: Thread, output: JsonValue): void;
  childFailed(execution: Execution, child: Thread, failure: StateFailure): void;
}

/** A task on its way, or one that waits for its token. */
export interface RunningTask {
  readonly thread: Thread;
  started(execution: Execution, workerName: string | undefined): void;
  replied(execution: Execution, reply: TaskReply): void;
  tokenAnswered(execution: Execution, reply: TokenReply): void;
  heartbeat(execution: Execution): void;
  /** Gives up timers, token and invocation. */
  release(execution: Execution): void;
}

/** The item that `$$.Map.Item` shows: of the nearest Map around. */
export interface MapItem {
  readonly index: number;
  readonly value: JsonValue;
  /** Distributed Maps only: of an object's member. */
  readonly key?: string | undefined;
  /** Distributed Maps only: `STATE_DATA`, or the object that it was read from. */
  readonly source?: string;
}

/** One line of control: the top level, a branch of a Parallel, or an iteration of a Map. */
export class Thread {
  /** `undefined` on the top level. */
  readonly parent: Region | undefined;
  /** Which branch or iteration. */
  readonly index: number;
  readonly place: Place;
  readonly variables: Variables;
  readonly item: MapItem | undefined;
  state: CompiledState;
  /** The state's raw input. */
  input: JsonValue;
  /** The next event's `previousEventId`. */
  lastEventId: number;
  /** Between entering and leaving `state`; otherwise it is on its way to it. */
  isInState = false;
  enteredEventId = 0;
  enteredAtEpochMs = 0;
  /** In this visit of the state. */
  retryCount = 0;
  /** Of each retrier, in this visit of the state. */
  retries: number[] | undefined = undefined;
  /** While a Catcher's own fields are evaluated: their failure is not caught again. */
  catching = false;
  // What it waits for; 0 or undefined for nothing.
  task: RunningTask | undefined = undefined;
  timerId = 0;
  evaluationId = 0;
  region: Activation | undefined = undefined;

  constructor(
    parent: Region | undefined,
    index: number,
    place: Place,
    variables: Variables,
    item: MapItem | undefined,
    state: CompiledState,
    input: JsonValue,
    lastEventId: number,
  ) {
    this.parent = parent;
    this.index = index;
    this.place = place;
    this.variables = variables;
    this.item = item;
    this.state = state;
    this.input = input;
    this.lastEventId = lastEventId;
  }
}

export interface ExecutionSettings {
  readonly startAt: CompiledState;
  /** Of the whole execution. */
  readonly timeoutSeconds: number | undefined;
  readonly input: JsonValue;
  readonly executionArn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
  readonly roleArn: string;
  /** Only a Standard execution can be redriven. */
  readonly redriveCount: number | undefined;
  readonly startTimeEpochMs: number;
  readonly random: RandomSource;
  readonly maxHistoryEvents: number;
  readonly maxPayloadBytes: number;
  /** Takes the place of the whole context object. */
  readonly context?: JsonObject;
  /** The workflow variables at the beginning. */
  readonly variables?: JsonObject;
}

interface Timer {
  readonly thread: Thread | undefined;
  readonly fire: (execution: Execution, thread: Thread) => void;
}

interface PendingEvaluation {
  readonly thread: Thread;
  readonly goOn: Continuation;
  readonly onFailure: (failure: EvaluationFailure) => void;
}

/** Where a child execution belongs. */
export interface ChildPlace {
  /** The execution that no other one started. */
  readonly root: Execution;
  /** Whose Map Run it is. */
  readonly parent: Execution;
  readonly ended: (child: Execution) => void;
}

export class Execution implements FinishedRun {
  readonly settings: ExecutionSettings;
  readonly random: RandomSource;
  readonly events: RecordedEvent[] = [];
  readonly mapRuns: (MapRun & Activation)[] = [];
  nowEpochMs: number;
  outcome: Outcome | undefined = undefined;
  statesEntered = 0;
  tasksInvoked = 0;
  retries = 0;
  largestPayloadBytes = 0;
  largestPayloadState: string | undefined = undefined;

  #ready: Thread[] = [];
  #readyFrom = 0;
  #commands: Command[] | undefined;
  #nextId = 1;
  #tasks: Map<number, RunningTask> | undefined;
  #tokens: Map<string, RunningTask> | undefined;
  #timers: Map<number, Timer> | undefined;
  #evaluations: Map<number, PendingEvaluation> | undefined;
  #reads: Map<number, (reading: ItemsRead) => void> | undefined;
  #writes: Map<number, (writing: ResultsWritten) => void> | undefined;
  readonly #place: ChildPlace | undefined;
  /** The root's: whose the ids and tokens are that are not its own. */
  #owners: Map<number | string, Execution> | undefined;
  /** The root's: executions with threads to run. */
  #active: Execution[] | undefined;
  #hasLeft = false;

  constructor(settings: ExecutionSettings, place?: ChildPlace) {
    this.settings = settings;
    this.#place = place;
    this.random = settings.random;
    this.nowEpochMs = settings.startTimeEpochMs;
  }

  /**
   * Takes one event and goes as far as it leads.
   * @param nowEpochMs never earlier than at the call before
   * @returns what to do now, in order; after the last of them, look whether there is an `outcome`
   */
  apply(event: InterpreterEvent, nowEpochMs: number): readonly Command[] {
    this.nowEpochMs = nowEpochMs;
    if (this.outcome === undefined) {
      const owner = this.#ownerOf(event);
      owner.nowEpochMs = nowEpochMs;
      owner.#take(event);
      if (owner === this) this.#runReady();
      if (this.#active !== undefined) this.#runFamily(owner);
    }
    const commands = this.#commands;
    this.#commands = undefined;
    return commands ?? noCommands;
  }

  #take(event: InterpreterEvent): void {
    switch (event.type) {
      case "started":
        return this.#start();
      case "taskStarted":
        return this.#tasks?.get(event.taskId)?.started(this, event.workerName);
      case "taskReplied":
        return this.#tasks?.get(event.taskId)?.replied(this, event.reply);
      case "tokenAnswered":
        return this.#tokens?.get(event.taskToken)?.tokenAnswered(this, event.reply);
      case "tokenHeartbeat":
        return this.#tokens?.get(event.taskToken)?.heartbeat(this);
      case "timerFired":
        return this.#fireTimer(event.timerId);
      case "evaluated":
        return this.#continueEvaluation(event.evaluationId, event.value);
      case "itemsRead":
        return this.#reads?.get(event.readId)?.(event.reading);
      case "resultsWritten":
        return this.#endWrite(event.writeId, event.writing);
      case "stopped":
        return this.stop(event.error, event.cause);
    }
  }

  #start(): void {
    const { input, roleArn, startAt, timeoutSeconds, variables } = this.settings;
    const thread = new Thread(undefined, 0, Place.top, new Variables(undefined), undefined, startAt, input, 0);
    if (variables !== undefined) thread.variables.assign(variables);
    this.measure(input, undefined);
    this.events.push(
      new RecordedEvent(1, 0, "ExecutionStarted", this.nowEpochMs, Place.top, undefined, 0, input, { roleArn }),
    );
    if (timeoutSeconds !== undefined) {
      this.#setTimer(undefined, this.nowEpochMs + timeoutSeconds * 1000, (execution) =>
        execution.#finish("ExecutionTimedOut", 0, { status: "TIMED_OUT", error: "States.Timeout", cause: undefined }),
      );
    }
    this.#ready.push(thread);
  }

  #runReady(): void {
    while (this.#readyFrom < this.#ready.length && this.outcome === undefined) {
      const thread = this.#ready[this.#readyFrom]!;
      this.#readyFrom += 1;
      // Kept short, so that a long run of a few threads stays in few bytes.
      if (this.#readyFrom === this.#ready.length) {
        this.#ready.length = 0;
        this.#readyFrom = 0;
      } else if (this.#readyFrom === 1024) {
        this.#ready.splice(0, 1024);
        this.#readyFrom = 0;
      }
      const { state } = thread;
      this.statesEntered += 1;
      thread.isInState = true;
      thread.enteredAtEpochMs = this.nowEpochMs;
      this.record(thread, state.enteredType, thread.input);
      thread.enteredEventId = thread.lastEventId;
      state.run(this, thread);
    }
  }

  #ownerOf(event: InterpreterEvent): Execution {
    if (this.#owners === undefined) return this;
    const address = addressOf(event);
    return (address === undefined ? undefined : this.#owners.get(address)) ?? this;
  }

  /** Runs the executions below the root that have something to do; what one's end sets going is run too. */
  #runFamily(first: Execution): void {
    const active = this.#active!;
    active.push(first, this);
    for (let next = active.shift(); next !== undefined && this.outcome === undefined; next = active.shift()) {
      next.nowEpochMs = this.nowEpochMs;
      next.#runReady();
      if (next.outcome !== undefined) next.#leave(active);
    }
  }

  /** Tells the Map Run that its child has ended. */
  #leave(active: Execution[]): void {
    if (this.#place === undefined || this.#hasLeft) return;
    this.#hasLeft = true;
    const { ended, parent } = this.#place;
    if (parent.outcome !== undefined) return;
    parent.nowEpochMs = this.nowEpochMs;
    ended(this);
    active.push(parent);
  }

  // What states use.

  /** Starts a child execution; it runs when its turn comes. @param ended called once, when it has an outcome */
  startChild(settings: ExecutionSettings, ended: (child: Execution) => void): Execution {
    const root = this.#place?.root ?? this;
    const child = new Execution(settings, { root, parent: this, ended });
    child.#start();
    root.#active ??= [];
    root.#active.push(child);
    return child;
  }

  /** @param then called for every answer, until `endReading` */
  startReading(request: ItemReadRequest, then: (reading: ItemsRead) => void): number {
    const readId = this.#newId();
    this.#reads ??= new Map();
    this.#reads.set(readId, then);
    this.readMore(readId, request);
    return readId;
  }

  readMore(readId: number, request: ItemReadRequest): void {
    this.#command({ type: "readItems", readId, request });
  }

  endReading(readId: number): void {
    if (this.#reads?.delete(readId) !== true) return;
    this.#disown(readId);
    this.#command({ type: "closeItems", readId });
  }

  /** @param writeId of the same export before; `undefined` the first time */
  writeResults(writeId: number | undefined, request: ResultWriteRequest, records: readonly ResultRecord[]): number {
    const id = writeId ?? this.#newId();
    this.#command({ type: "writeResults", writeId: id, request, records, isLast: false });
    return id;
  }

  finishResults(
    writeId: number | undefined,
    request: ResultWriteRequest,
    records: readonly ResultRecord[],
    then: (writing: ResultsWritten) => void,
  ): void {
    const id = writeId ?? this.#newId();
    this.#writes ??= new Map();
    this.#writes.set(id, then);
    this.#command({ type: "writeResults", writeId: id, request, records, isLast: true });
  }

  #endWrite(writeId: number, writing: ResultsWritten): void {
    const then = this.#writes?.get(writeId);
    this.#writes?.delete(writeId);
    this.#disown(writeId);
    then?.(writing);
  }

  /** Appends an event to the thread's chain. */
  record(thread: Thread, type: HistoryEventType, value?: JsonValue, details?: ExecutionEventDetails): void {
    const { lastEventId, place, state, retryCount } = thread;
    thread.lastEventId = this.append(lastEventId, type, place, state.name, retryCount, value, details);
  }

  /** Appends an event with another predecessor than the thread's last one, which stays as it was. */
  recordAfter(previousEventId: number, thread: Thread, type: HistoryEventType): number {
    return this.append(previousEventId, type, thread.place, thread.state.name, thread.retryCount);
  }

  append(
    previousEventId: number,
    type: HistoryEventType,
    place: Place,
    stateName: string | undefined,
    attempt: number,
    value?: JsonValue,
    details?: ExecutionEventDetails,
  ): number {
    if (this.outcome !== undefined) return previousEventId;
    const id = this.events.length + 1;
    if (id >= this.settings.maxHistoryEvents) {
      const cause = `The execution reached the maximum number of history events (${this.settings.maxHistoryEvents}).`;
      this.#finish("ExecutionFailed", previousEventId, { status: "FAILED", error: runtimeError, cause });
      return previousEventId;
    }
    this.events.push(
      new RecordedEvent(id, previousEventId, type, this.nowEpochMs, place, stateName, attempt, value, details),
    );
    return id;
  }

  /** Puts a new thread into the queue; it enters its state when its turn comes. */
  begin(thread: Thread): void {
    this.#ready.push(thread);
  }

  /**
   * Leaves the thread's state.
   * @param next `undefined` ends the thread
   */
  exit(thread: Thread, output: JsonValue, assigned: JsonObject | undefined, next: CompiledState | undefined): void {
    const { state } = thread;
    if (output !== thread.input && this.measure(output, state.name) > this.settings.maxPayloadBytes) {
      return this.fail(thread, { ...dataLimitExceeded(state.name), fatal: true });
    }
    this.record(
      thread,
      state.exitedType!,
      output,
      assigned === undefined ? undefined : { assignedVariables: assigned },
    );
    if (assigned !== undefined) thread.variables.assign(assigned);
    thread.isInState = false;
    if (next === undefined) {
      if (thread.parent !== undefined) thread.parent.childSucceeded(this, thread, output);
      else this.#finish("ExecutionSucceeded", thread.lastEventId, { status: "SUCCEEDED", output });
      return;
    }
    thread.state = next;
    thread.input = output;
    thread.catching = false;
    if (thread.retryCount !== 0) {
      thread.retryCount = 0;
      thread.retries = undefined;
    }
    this.#ready.push(thread);
  }

  /** Hands a failure of the thread's state to its Retry, its Catch, what is around it, in this order. */
  fail(thread: Thread, failure: StateFailure): void {
    if (this.outcome !== undefined) return;
    if (failure.fatal === true) return this.#failExecution(thread, failure);
    if (!thread.catching) {
      if (this.#retry(thread, failure)) return;
      if (thread.state.failedType !== undefined) this.record(thread, thread.state.failedType);
      if (this.#catch(thread, failure)) return;
    }
    if (thread.parent !== undefined) thread.parent.childFailed(this, thread, failure);
    else this.#failExecution(thread, failure);
  }

  #catch(thread: Thread, failure: StateFailure): boolean {
    const catcher = thread.state.catchers.find(({ errorEquals }) => namesError(errorEquals, failure));
    if (catcher === undefined) return false;
    thread.catching = true;
    catcher.run(this, thread, { Error: failure.error ?? null, Cause: failure.cause ?? null });
    return true;
  }

  #retry(thread: Thread, failure: StateFailure): boolean {
    const { retriers } = thread.state;
    if (retriers.length === 0) return false;
    const position = matchRetrier(retriers, failure);
    const retrier = retriers[position];
    if (retrier === undefined) return false;
    thread.retries ??= retriers.map(() => 0);
    const used = thread.retries[position]!;
    const delayMs = nextDelayMs(retrier, used, this.random);
    if (delayMs === undefined) return false;
    thread.retries[position] = used + 1;
    thread.retryCount += 1;
    this.retries += 1;
    this.sleep(thread, this.nowEpochMs + delayMs, runAgain);
    return true;
  }

  #failExecution(thread: Thread, failure: StateFailure): void {
    const { error, cause } = failure;
    this.#finish("ExecutionFailed", thread.lastEventId, { status: "FAILED", error, cause });
  }

  /** A failed evaluation: `EvaluationFailed` for JSONata, then what `fail` does. */
  failEvaluation(thread: Thread, failure: EvaluationFailure): void {
    const { error, location } = failure;
    const state = thread.state.name;
    const cause = `An error occurred while executing the state '${state}' (entered at the event id #${thread.enteredEventId}). ${failure.cause}`;
    if (error === "States.QueryEvaluationError") {
      this.record(thread, "EvaluationFailed", undefined, { error, cause, location });
    }
    this.fail(thread, { error, cause, fatal: error === runtimeError });
  }

  /**
   * Asks the driver for what cannot be evaluated at once.
   * @param onFailure otherwise it is the failure of the thread's state
   */
  evaluateLater(
    thread: Thread,
    expression: DeferredExpression,
    scope: EvaluationScope,
    goOn: Continuation,
    onFailure: (failure: EvaluationFailure) => void = (failure) => this.failEvaluation(thread, failure),
  ): void {
    const evaluationId = this.#newId();
    thread.evaluationId = evaluationId;
    this.#evaluations ??= new Map();
    this.#evaluations.set(evaluationId, { thread, goOn, onFailure });
    this.#command({ type: "evaluate", evaluationId, expression, scope });
  }

  #continueEvaluation(evaluationId: number, value: Evaluated): void {
    const pending = this.#evaluations?.get(evaluationId);
    if (pending === undefined) return;
    this.#evaluations!.delete(evaluationId);
    this.#disown(evaluationId);
    const { thread, goOn, onFailure } = pending;
    thread.evaluationId = 0;
    if (value instanceof EvaluationFailure) onFailure(value);
    else goOn(value);
  }

  /** Lets the thread wait until a moment, then calls `then`. */
  sleep(thread: Thread, atEpochMs: number, then: (execution: Execution, thread: Thread) => void): void {
    thread.timerId = this.#setTimer(thread, atEpochMs, then);
  }

  /** @returns the timer's id, for `cancelTimer` */
  setTimer(thread: Thread, atEpochMs: number, fire: (execution: Execution, thread: Thread) => void): number {
    return this.#setTimer(thread, atEpochMs, fire);
  }

  #setTimer(thread: Thread | undefined, atEpochMs: number, fire: Timer["fire"]): number {
    const timerId = this.#newId();
    this.#timers ??= new Map();
    this.#timers.set(timerId, { thread, fire });
    this.#command({ type: "wakeAt", timerId, atEpochMs });
    return timerId;
  }

  cancelTimer(timerId: number): void {
    if (this.#timers?.delete(timerId) !== true) return;
    this.#disown(timerId);
    this.#command({ type: "cancelTimer", timerId });
  }

  #fireTimer(timerId: number): void {
    const timer = this.#timers?.get(timerId);
    if (timer === undefined) return;
    this.#timers!.delete(timerId);
    this.#disown(timerId);
    if (timer.thread?.timerId === timerId) timer.thread.timerId = 0;
    timer.fire(this, timer.thread!);
  }

  newTaskToken(): string {
    const taskId = this.#newId();
    this.#disown(taskId);
    return Buffer.from(`${this.settings.executionArn}#${taskId}`).toString("base64url");
  }

  /** @returns the task's id, for `endTask` */
  invoke(running: RunningTask, task: TaskCommand): number {
    const taskId = this.#newId();
    this.tasksInvoked += 1;
    this.#tasks ??= new Map();
    this.#tasks.set(taskId, running);
    if (task.taskToken !== undefined) {
      this.#tokens ??= new Map();
      this.#tokens.set(task.taskToken, running);
      this.#own(task.taskToken);
    }
    running.thread.task = running;
    this.#command({ type: "invokeTask", taskId, task });
    return taskId;
  }

  /** Forgets a task. @param cancel tell the driver that nobody waits for its reply any more */
  endTask(taskId: number, running: RunningTask, taskToken: string | undefined, cancel: boolean): void {
    running.thread.task = undefined;
    this.#tasks!.delete(taskId);
    this.#disown(taskId);
    if (taskToken !== undefined) {
      this.#tokens!.delete(taskToken);
      this.#disown(taskToken);
    }
    if (cancel) this.#command({ type: "cancelTask", taskId });
  }

  /** The states whose tasks have not answered, in the order of their invocation. */
  waitingTasks(): readonly string[] {
    return Array.from(this.#tasks?.values() ?? [], ({ thread }) => thread.state.name);
  }

  /** Ends a thread whose sibling failed, with all that is inside it. */
  abort(thread: Thread, causeEventId: number): void {
    thread.task?.release(this);
    if (thread.timerId !== 0) this.cancelTimer(thread.timerId);
    if (thread.evaluationId !== 0) {
      this.#evaluations!.delete(thread.evaluationId);
      this.#disown(thread.evaluationId);
    }
    thread.region?.abort(this, causeEventId);
    if (!thread.isInState) {
      const queued = this.#ready.indexOf(thread, this.#readyFrom);
      if (queued !== -1) this.#ready.splice(queued, 1);
    } else if (thread.state.abortedType !== undefined) {
      this.recordAfter(causeEventId, thread, thread.state.abortedType);
    }
  }

  /**
   * Notes a payload's size for the statistics.
   * @returns bytes, as AWS's quota counts them
   */
  measure(payload: JsonValue, stateName: string | undefined): number {
    const bytes = payloadBytes(payload);
    if (bytes > this.largestPayloadBytes) {
      this.largestPayloadBytes = bytes;
      this.largestPayloadState = stateName;
    }
    return bytes;
  }

  /** Ends it `ABORTED`. */
  stop(error?: string, cause?: string): void {
    if (this.outcome === undefined) this.#finish("ExecutionAborted", 0, { status: "ABORTED", error, cause });
  }

  #finish(type: HistoryEventType, previousEventId: number, outcome: Outcome): void {
    const value = outcome.status === "SUCCEEDED" ? outcome.output : undefined;
    const details = outcome.status === "SUCCEEDED" ? undefined : { error: outcome.error, cause: outcome.cause };
    const id = this.events.length + 1;
    this.events.push(
      new RecordedEvent(id, previousEventId, type, this.nowEpochMs, Place.top, undefined, 0, value, details),
    );
    this.outcome = outcome;
    // Nobody waits for the root's commands any more; a child's must not outlive it.
    if (this.#place !== undefined) this.#release();
    for (const run of this.mapRuns) run.abort(this, 0);
    if (this.#place !== undefined) this.#tellParent(this.#place.parent);
  }

  #tellParent(parent: Execution): void {
    parent.statesEntered += this.statesEntered;
    parent.tasksInvoked += this.tasksInvoked;
    parent.retries += this.retries;
    this.#command({ type: "childEnded", child: this });
  }

  #release(): void {
    for (const task of this.#tasks?.values() ?? []) task.release(this);
    for (const timerId of this.#timers?.keys() ?? []) this.cancelTimer(timerId);
    for (const readId of this.#reads?.keys() ?? []) this.endReading(readId);
    for (const id of [...(this.#evaluations?.keys() ?? []), ...(this.#writes?.keys() ?? [])]) this.#disown(id);
  }

  #command(command: Command): void {
    const root = this.#place?.root ?? this;
    root.#commands ??= [];
    root.#commands.push(command);
  }

  #newId(): number {
    const root = this.#place?.root ?? this;
    const id = root.#nextId;
    root.#nextId += 1;
    if (this.#place !== undefined) this.#own(id);
    return id;
  }

  #own(address: number | string): void {
    const root = this.#place?.root;
    if (root === undefined) return;
    root.#owners ??= new Map();
    root.#owners.set(address, this);
  }

  #disown(address: number | string): void {
    const root = this.#place?.root;
    if (root !== undefined) root.#owners?.delete(address);
  }
}

/** By which it is known whose an event is. */
function addressOf(event: InterpreterEvent): number | string | undefined {
  switch (event.type) {
    case "taskStarted":
    case "taskReplied":
      return event.taskId;
    case "tokenAnswered":
    case "tokenHeartbeat":
      return event.taskToken;
    case "timerFired":
      return event.timerId;
    case "evaluated":
      return event.evaluationId;
    case "itemsRead":
      return event.readId;
    case "resultsWritten":
      return event.writeId;
    default:
      return undefined;
  }
}

const noCommands: readonly Command[] = [];

function runAgain(execution: Execution, thread: Thread): void {
  thread.state.run(execution, thread);
}

/** @param source as AWS names it: the resource type of an integration, a function's ARN, a state's name */
export function dataLimitExceeded(source: string): StateFailure {
  const cause = `The state/task '${source}' returned a result with a size exceeding the maximum number of bytes service limit.`;
  return { error: "States.DataLimitExceeded", cause };
}
