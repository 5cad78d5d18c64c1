/**
 * A line of control, and what it meets: the state it is in, what it waits for, what it is part of. These shapes speak
 * of each other, so that they live in one file; the execution that runs them is an interface here.
 */
import type {
  EvaluationFailure,
  EvaluationScope,
  JsonObject,
  JsonValue,
  RandomSource,
  Retrier,
  StateType,
} from "@stepwright/asl";
import type { HistoryEventType } from "../history/event-type.ts";
import type { ExecutionEvent, ExecutionEventDetails } from "../history/execution-event.ts";
import type { Place } from "../history/place.ts";
import type { MapRun } from "../map-run/map-run.ts";
import type {
  ItemReadRequest,
  ItemsRead,
  ResultRecord,
  ResultWriteRequest,
  ResultsWritten,
} from "../map-run/item-source.ts";
import type { AnswerEvent, DeferredExpression, MapRunChange, TaskCommand } from "./event.ts";
import type { FinishedRun } from "./finished-run.ts";
import type { StateFailure } from "./state-failure.ts";
import type { Variables } from "./variables.ts";

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
  readonly run: (execution: ExecutionOps, thread: Thread) => void;
}

export interface CompiledCatcher {
  readonly errorEquals: readonly string[];
  /** Leaves the state with the error output. */
  readonly run: (execution: ExecutionOps, thread: Thread, errorOutput: JsonObject) => void;
}

export type Continuation = (value: JsonValue) => void;

/** A Map or Parallel state at work. */
export interface Activation {
  /** Ends everything inside; its aborted events follow `causeEventId`. */
  abort(execution: ExecutionOps, causeEventId: number): void;
  /** After an unsuccessful end: goes on with what had not ended well. */
  redrive(execution: ExecutionOps): void;
}

/** A Map Run as the execution knows it whose state it is. */
export interface OwnMapRun extends MapRun, Activation {
  /** By ARN, in the order of starting; only those that run where nobody asked to keep the others. */
  readonly children: ReadonlyMap<string, ChildRun>;
  /** Whether a child waits to be done again. */
  isPendingRedrive(executionArn: string): boolean;
  update(change: MapRunChange): void;
}

export interface ChildRun {
  readonly execution: ExecutionOps;
  /** Where its result belongs. */
  readonly index: number;
  readonly itemCount: number;
}

/** An activation whose children are threads. */
export interface Region extends Activation {
  childSucceeded(execution: ExecutionOps, child: Thread, output: JsonValue): void;
  childFailed(execution: ExecutionOps, child: Thread, failure: StateFailure): void;
}

/** Something on its way whose answer will carry its id, or its task token. */
export type Pending = RunningTask | PendingAnswer;

export interface PendingAnswer<Kind = "timer" | "evaluation" | "reading" | "writing"> {
  readonly kind: Kind;
  /** That does nothing else meanwhile; `undefined` where there is none. */
  readonly thread: Thread | undefined;
  /** @param event with its id or token; it may be of another kind than expected, and then means nothing */
  told(execution: ExecutionOps, event: AnswerEvent): void;
  /** Nobody waits for it any more. */
  release(execution: ExecutionOps, id: number): void;
}

/** A task on its way, or one that waits for its token. */
export interface RunningTask extends PendingAnswer<"task"> {
  readonly thread: Thread;
  release(execution: ExecutionOps): void;
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
  /** As which it was started, by an ARN of an alias or a version. */
  readonly stateMachineAliasArn?: string | undefined;
  readonly stateMachineVersionArn?: string | undefined;
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
  /** The children of Map Runs can be looked at when they have ended, and redriven. */
  readonly keepsChildren?: boolean;
}

/** An execution, as the work of its states sees it. */
export interface ExecutionOps extends FinishedRun {
  readonly settings: ExecutionSettings;
  readonly random: RandomSource;
  readonly nowEpochMs: number;
  readonly events: readonly ExecutionEvent[];
  /** Whoever starts one adds it. */
  readonly mapRuns: OwnMapRun[];
  /** Only a Standard execution has one. */
  readonly redriveCount: number | undefined;
  readonly redrivenAtEpochMs: number | undefined;

  // The history

  /** Appends an event to the thread's chain. */
  record(thread: Thread, type: HistoryEventType, value?: JsonValue, details?: ExecutionEventDetails): void;
  /**
   * Appends an event with another predecessor than the thread's last one, which stays as it was.
   * @returns its id
   */
  recordAfter(previousEventId: number, thread: Thread, type: HistoryEventType): number;
  /** @returns the event's id; `previousEventId` when the execution has ended */
  append(
    previousEventId: number,
    type: HistoryEventType,
    place: Place,
    stateName: string | undefined,
    attempt: number,
    value?: JsonValue,
    details?: ExecutionEventDetails,
  ): number;

  // Threads

  /** Puts a new thread into the queue; it enters its state when its turn comes. */
  begin(thread: Thread): void;
  /**
   * Leaves the thread's state.
   * @param next `undefined` ends the thread
   */
  exit(thread: Thread, output: JsonValue, assigned: JsonObject | undefined, next: CompiledState | undefined): void;
  /** Hands a failure of the thread's state to its Retry, its Catch, what is around it, in this order. */
  fail(thread: Thread, failure: StateFailure): void;
  /** The whole of it, whatever is around the thread. */
  failExecution(thread: Thread, failure: StateFailure): void;
  /** Does the state's work again at that moment. */
  retryAt(thread: Thread, atEpochMs: number): void;
  /** A failed evaluation: `EvaluationFailed` for JSONata, then what `fail` does. */
  failEvaluation(thread: Thread, failure: EvaluationFailure): void;
  /** After an unsuccessful end: lets a thread go on, with its Map or Parallel, its state, or into its next state. */
  resume(thread: Thread): void;
  /** Ends a thread whose sibling failed, with all that is inside it. */
  abort(thread: Thread, causeEventId: number): void;
  /**
   * Notes a payload's size for the statistics.
   * @returns bytes, as AWS's quota counts them
   */
  measure(payload: JsonValue, stateName: string | undefined): number;
  /** Ends it `ABORTED`. */
  stop(error?: string, cause?: string): void;
  /** Lets it run when its turn comes, after something was done to it from outside. */
  wake(): void;
  /**
   * Goes on after an unsuccessful end: what ended well stays as it is, the rest is done from where it stopped, with
   * retries and timeouts counted anew. Recorded: what follows is chained to the states' first entry.
   * See the developer guide, "Restarting state machine executions with redrive".
   */
  redrive(redrivenAtEpochMs: number): void;

  // What it asks the driver for

  /**
   * Asks for what cannot be evaluated at once.
   * @param onFailure otherwise it is the failure of the thread's state
   */
  evaluateLater(
    thread: Thread,
    expression: DeferredExpression,
    scope: EvaluationScope,
    goOn: Continuation,
    onFailure?: (failure: EvaluationFailure) => void,
  ): void;
  /** Lets the thread wait until a moment, then calls `then`. */
  sleep(thread: Thread, atEpochMs: number, then: (execution: ExecutionOps, thread: Thread) => void): void;
  /** @returns the timer's id, for `cancelTimer` */
  setTimer(atEpochMs: number, fire: (execution: ExecutionOps) => void): number;
  cancelTimer(timerId: number): void;
  newTaskToken(activityArn: string | undefined): string;
  /** @returns the task's id, for `endTask` */
  invoke(running: RunningTask, task: TaskCommand): number;
  /** Forgets a task. @param cancel tell the driver that nobody waits for its reply any more */
  endTask(taskId: number, running: RunningTask, taskToken: string | undefined, cancel: boolean): void;
  /** What this id names has been answered for the last time. @returns whether anything waited for it */
  forget(id: number): boolean;

  // Distributed Maps

  /** Starts a child execution; it runs when its turn comes. @param ended called once, when it has an outcome */
  startChild(settings: ExecutionSettings, ended: (child: ExecutionOps) => void): ExecutionOps;
  /** @param then called for every answer, until `endReading` */
  startReading(request: ItemReadRequest, then: (reading: ItemsRead) => void): number;
  readMore(readId: number, request: ItemReadRequest): void;
  endReading(readId: number): void;
  /** @param writeId of the same export before; `undefined` the first time */
  writeResults(writeId: number | undefined, request: ResultWriteRequest, records: readonly ResultRecord[]): number;
  finishResults(
    writeId: number | undefined,
    request: ResultWriteRequest,
    records: readonly ResultRecord[],
    then: (writing: ResultsWritten) => void,
  ): void;
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
  /** The state's Map or Parallel that ended unsuccessfully: a redrive goes on with it. */
  stopped: Activation | undefined = undefined;

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
