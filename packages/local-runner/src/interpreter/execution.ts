/**
 * The interpreter: a synchronous, deterministic machine. It takes an event, runs every thread as far as it goes,
 * and leaves history events and commands behind. It never awaits, reads a clock or touches the outside.
 *
 * What always holds:
 * - A thread is either in the ready queue, or waits for one thing (task, timer, evaluation, region), or is done.
 * - Nothing recurses along the states: leaving a state puts the thread back into the queue.
 * - Once there is an outcome, nothing more is recorded and every later event is ignored, until it is redriven.
 * - The child executions of Distributed Maps are executions of their own below the root: its events and commands are
 *   theirs too, and its ids are unique among them. Only the root is told events.
 */
import type { EvaluationFailure, EvaluationScope, JsonObject, JsonValue, RandomSource } from "@stepwright/asl";
import type { HistoryEventType } from "../history/event-type.ts";
import type { ExecutionEventDetails } from "../history/execution-event.ts";
import { Place } from "../history/place.ts";
import { RecordedEvent } from "../history/recorded-event.ts";
import type {
  ItemReadRequest,
  ItemsRead,
  ResultRecord,
  ResultWriteRequest,
  ResultsWritten,
} from "../map-run/item-source.ts";
import { Queue } from "../queue.ts";
import { addressOf, isStep } from "./event.ts";
import type {
  AnswerEvent,
  Command,
  DeferredExpression,
  InterpreterEvent,
  MapRunUpdatedEvent,
  StoppedEvent,
  TaskCommand,
} from "./event.ts";
import { Family } from "./family.ts";
import type { Outcome } from "./outcome.ts";
import { payloadBytes } from "./payload-size.ts";
import { PendingEvaluation, PendingReading, PendingSleep, PendingTimer, PendingWriting } from "./pending.ts";
import { runningMembers } from "./running-members.ts";
import { dataLimitExceeded, runtimeError } from "./state-failure.ts";
import type { StateFailure } from "./state-failure.ts";
import { printTaskToken } from "./task-token.ts";
import { failEvaluation, failThread } from "./thread-failure.ts";
import { Thread } from "./thread.ts";
import type {
  CompiledState,
  Continuation,
  ExecutionOps,
  ExecutionSettings,
  OwnMapRun,
  Pending,
  RunningTask,
} from "./thread.ts";
import { Variables } from "./variables.ts";
import { Waiting } from "./waiting.ts";

/** Where a child execution belongs. */
interface ChildPlace {
  readonly family: Family<Execution>;
  /** Whose Map Run it is. */
  readonly parent: Execution;
  readonly ended: (child: Execution) => void;
}

export class Execution implements ExecutionOps {
  readonly settings: ExecutionSettings;
  readonly random: RandomSource;
  readonly events: RecordedEvent[] = [];
  readonly mapRuns: OwnMapRun[] = [];
  redriveCount: number | undefined;
  redrivenAtEpochMs: number | undefined = undefined;
  outcome: Outcome | undefined = undefined;
  statesEntered = 0;
  tasksInvoked = 0;
  retries = 0;
  largestPayloadBytes = 0;
  largestPayloadState: string | undefined = undefined;

  readonly #family: Family<Execution>;
  /** `undefined` for the root. */
  readonly #place: ChildPlace | undefined;
  /** The Map Run has been told of the end. */
  #hasLeft = false;
  #isMachineDeleted = false;
  #top: Thread | undefined = undefined;
  #ready = new Queue<Thread>();
  readonly #waiting: Waiting<Execution>;

  constructor(settings: ExecutionSettings, place?: ChildPlace) {
    this.settings = settings;
    this.random = settings.random;
    this.redriveCount = settings.redriveCount;
    this.#place = place;
    this.#family = place === undefined ? new Family<Execution>(this, settings.startTimeEpochMs) : place.family;
    this.#waiting = new Waiting(this.#family, place === undefined ? undefined : this);
  }

  get nowEpochMs(): number {
    return this.#family.now.epochMs;
  }

  get stoppedAtEpochMs(): number {
    return this.events.at(-1)!.timestampEpochMs;
  }

  /**
   * Takes one event and goes as far as it leads.
   * @param nowEpochMs an earlier one than at the call before counts as that one
   * @returns what to do now, in order; after the last of them, look whether there is an `outcome`
   */
  apply(event: InterpreterEvent, nowEpochMs: number): readonly Command[] {
    const family = this.#family;
    if ((this.outcome === undefined) === (event.type !== "redriven")) {
      family.goTo(nowEpochMs);
      if (event.type === "started") this.#start();
      else if (event.type === "stopped") this.#stopMember(event);
      else if (event.type === "mapRunUpdated") this.#updateMapRun(event);
      else if (event.type === "redriven") this.redrive(event.redrivenAtEpochMs);
      else if (event.type === "machineDeleted") this.#isMachineDeleted = true;
      else if (event.type === "broken") this.#failAfter(this.events.length, event.cause);
      else this.#tell(event, addressOf(event));
      this.#runReady();
      if (family.hasActive) this.#runFamily();
    }
    return family.takeCommands();
  }

  #tell(event: AnswerEvent, address: number | string): void {
    const owner = this.#family.ownerOf(address) ?? this;
    const pending = owner.#waiting.get(address);
    if (this.#isMachineDeleted && pending !== undefined && isStep(event)) return this.#failDeleted(pending.thread);
    pending?.told(owner, event);
    if (owner !== this) this.#family.activate(owner);
  }

  /** Recorded: the answer leaves no event of its own. */
  #failDeleted(thread: Thread | undefined): void {
    const cause = `State machine ${this.settings.stateMachineName} has been deleted`;
    this.#failAfter(thread?.lastEventId ?? this.events.length, cause);
  }

  #failAfter(previousEventId: number, cause: string): void {
    this.#finish("ExecutionFailed", previousEventId, { status: "FAILED", error: runtimeError, cause });
  }

  #stopMember({ cause, error, executionArn = this.settings.executionArn }: StoppedEvent): void {
    for (const member of runningMembers(this)) {
      if (member.settings.executionArn !== executionArn) continue;
      member.stop(error, cause);
      return member.wake();
    }
  }

  #updateMapRun(event: MapRunUpdatedEvent): void {
    for (const member of runningMembers(this)) {
      const run = member.mapRuns.find(({ mapRunArn }) => mapRunArn === event.mapRunArn);
      if (run === undefined) continue;
      run.update(event);
      return member.wake();
    }
  }

  #start(): void {
    const { input, roleArn, startAt, stateMachineAliasArn, stateMachineVersionArn, variables } = this.settings;
    const thread = new Thread(undefined, 0, Place.top, new Variables(undefined), undefined, startAt, input, 0);
    this.#top = thread;
    if (variables !== undefined) thread.variables.assign(variables);
    this.measure(input, undefined);
    this.append(0, "ExecutionStarted", Place.top, undefined, 0, input, {
      roleArn,
      ...(stateMachineAliasArn === undefined ? undefined : { stateMachineAliasArn }),
      ...(stateMachineVersionArn === undefined ? undefined : { stateMachineVersionArn }),
    });
    this.#setTimeout();
    this.#ready.push(thread);
  }

  #setTimeout(): void {
    const { timeoutSeconds } = this.settings;
    if (timeoutSeconds === undefined) return;
    const timedOut: Outcome = { status: "TIMED_OUT", error: "States.Timeout", cause: undefined };
    this.setTimer(this.nowEpochMs + timeoutSeconds * 1000, () => this.#finish("ExecutionTimedOut", 0, timedOut));
  }

  redrive(redrivenAtEpochMs: number): void {
    if (this.outcome === undefined || this.outcome.status === "SUCCEEDED") return;
    this.outcome = undefined;
    this.#ready = new Queue();
    if (this.#place === undefined) this.#family.forgetActive();
    else this.#forgetTold();
    this.redriveCount = (this.redriveCount ?? 0) + 1;
    this.redrivenAtEpochMs = redrivenAtEpochMs;
    const details = { redriveCount: this.redriveCount };
    this.append(this.events.length, "ExecutionRedriven", Place.top, undefined, 0, undefined, details);
    this.#setTimeout();
    if (this.#top !== undefined) this.resume(this.#top);
  }

  #runReady(): void {
    while (this.outcome === undefined) {
      const thread = this.#ready.shift();
      if (thread === undefined) return;
      const { state } = thread;
      if (thread.isInState) {
        // Redriven: it was entered before.
        state.run(this, thread);
        continue;
      }
      this.statesEntered += 1;
      thread.isInState = true;
      thread.enteredAtEpochMs = this.nowEpochMs;
      this.record(thread, state.enteredType, thread.input);
      thread.enteredEventId = thread.lastEventId;
      state.run(this, thread);
    }
  }

  /** Runs the executions below the root that have something to do; what one's end sets going is run too. */
  #runFamily(): void {
    for (let next = this.#family.nextActive(); next !== undefined; next = this.#family.nextActive()) {
      if (this.outcome !== undefined) return;
      next.#runReady();
      if (next.outcome !== undefined) next.#leave();
    }
  }

  /** Tells the Map Run that its child has ended. */
  #leave(): void {
    const place = this.#place;
    if (place === undefined || this.#hasLeft) return;
    this.#hasLeft = true;
    if (place.parent.outcome !== undefined) return;
    place.ended(this);
    this.#family.activate(place.parent);
  }

  // The history

  record(thread: Thread, type: HistoryEventType, value?: JsonValue, details?: ExecutionEventDetails): void {
    const { lastEventId, place, state, retryCount } = thread;
    thread.lastEventId = this.append(lastEventId, type, place, state.name, retryCount, value, details);
  }

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
      this.#failAfter(previousEventId, cause);
      return previousEventId;
    }
    const moment = this.#family.now;
    this.#keep(new RecordedEvent(id, previousEventId, type, moment, place, stateName, attempt, value, details));
    return id;
  }

  #keep(event: RecordedEvent): void {
    this.events.push(event);
    if (this.#place !== undefined) this.#family.root.childRecorded(this, event);
  }

  // Threads

  begin(thread: Thread): void {
    this.#ready.push(thread);
  }

  exit(thread: Thread, output: JsonValue, assigned: JsonObject | undefined, next: CompiledState | undefined): void {
    const { state } = thread;
    if (output !== thread.input && this.measure(output, state.name) > this.settings.maxPayloadBytes) {
      // Redriven, the whole state is done again.
      thread.stopped = undefined;
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
    thread.stopped = undefined;
    if (thread.retryCount !== 0) {
      thread.retryCount = 0;
      thread.retries = undefined;
    }
    this.#ready.push(thread);
  }

  fail(thread: Thread, failure: StateFailure): void {
    failThread(this, thread, failure);
  }

  failEvaluation(thread: Thread, failure: EvaluationFailure): void {
    failEvaluation(this, thread, failure);
  }

  retryAt(thread: Thread, atEpochMs: number): void {
    this.retries += 1;
    this.sleep(thread, atEpochMs, runAgain);
  }

  failExecution(thread: Thread, { error, cause }: StateFailure): void {
    this.#finish("ExecutionFailed", thread.lastEventId, { status: "FAILED", error, cause });
  }

  resume(thread: Thread): void {
    const region = thread.region ?? thread.stopped;
    thread.retryCount = 0;
    thread.retries = undefined;
    thread.catching = false;
    thread.task = undefined;
    thread.timerId = 0;
    thread.evaluationId = 0;
    thread.region = region;
    thread.stopped = undefined;
    if (region !== undefined) return region.redrive(this);
    // A Fail state leaves no event of its own that the end could follow: recorded.
    if (thread.isInState)
      thread.lastEventId = thread.state.type === "Fail" ? this.events.length : thread.enteredEventId;
    this.#ready.push(thread);
  }

  abort(thread: Thread, causeEventId: number): void {
    thread.task?.release(this);
    if (thread.timerId !== 0) this.cancelTimer(thread.timerId);
    if (thread.evaluationId !== 0) this.forget(thread.evaluationId);
    thread.region?.abort(this, causeEventId);
    this.#ready.remove(thread);
    if (!thread.isInState || thread.state.abortedType === undefined) return;
    this.recordAfter(causeEventId, thread, thread.state.abortedType);
  }

  measure(payload: JsonValue, stateName: string | undefined): number {
    const bytes = payloadBytes(payload);
    if (bytes > this.largestPayloadBytes) {
      this.largestPayloadBytes = bytes;
      this.largestPayloadState = stateName;
    }
    return bytes;
  }

  // The end

  stop(error?: string, cause?: string): void {
    if (this.outcome === undefined) this.#finish("ExecutionAborted", 0, { status: "ABORTED", error, cause });
  }

  wake(): void {
    if (this.#place !== undefined) this.#family.activate(this);
  }

  #finish(type: HistoryEventType, previousEventId: number, outcome: Outcome): void {
    const value = outcome.status === "SUCCEEDED" ? outcome.output : undefined;
    const details = outcome.status === "SUCCEEDED" ? undefined : { error: outcome.error, cause: outcome.cause };
    const id = this.events.length + 1;
    const moment = this.#family.now;
    this.#keep(new RecordedEvent(id, previousEventId, type, moment, Place.top, undefined, 0, value, details));
    this.outcome = outcome;
    this.#waiting.release(this);
    for (const run of this.mapRuns) run.abort(this, 0);
    if (this.#place !== undefined) this.#tellParent(this.#place.parent);
  }

  #tellParent(parent: Execution): void {
    parent.statesEntered += this.statesEntered;
    parent.tasksInvoked += this.tasksInvoked;
    parent.retries += this.retries;
    this.#family.command({ type: "childEnded", child: this });
  }

  /** The parent knows these already. */
  #forgetTold(): void {
    this.#hasLeft = false;
    this.statesEntered = 0;
    this.tasksInvoked = 0;
    this.retries = 0;
  }

  // What it asks the driver for

  evaluateLater(
    thread: Thread,
    expression: DeferredExpression,
    scope: EvaluationScope,
    goOn: Continuation,
    onFailure?: (failure: EvaluationFailure) => void,
  ): void {
    const evaluationId = this.#waiting.add(new PendingEvaluation(thread, goOn, onFailure));
    thread.evaluationId = evaluationId;
    this.#family.command({ type: "evaluate", evaluationId, expression, scope });
  }

  sleep(thread: Thread, atEpochMs: number, then: (execution: ExecutionOps, thread: Thread) => void): void {
    thread.timerId = this.#wakeAt(atEpochMs, new PendingSleep(thread, then));
  }

  setTimer(atEpochMs: number, fire: (execution: ExecutionOps) => void): number {
    return this.#wakeAt(atEpochMs, new PendingTimer(fire));
  }

  #wakeAt(atEpochMs: number, pending: Pending): number {
    const timerId = this.#waiting.add(pending);
    this.#family.command({ type: "wakeAt", timerId, atEpochMs });
    return timerId;
  }

  cancelTimer(timerId: number): void {
    if (this.forget(timerId)) this.#family.command({ type: "cancelTimer", timerId });
  }

  newTaskToken(activityArn: string | undefined): string {
    const token = printTaskToken(this.settings.executionArn, this.#family.newId(), activityArn);
    return this.#family.root.sealToken(token);
  }

  /** Asked of the root: makes a token that nobody can guess. */
  protected sealToken(token: string): string {
    return token;
  }

  /** The root is told of what its child executions record. */
  protected childRecorded(_child: ExecutionOps, _event: RecordedEvent): void {
    // Nobody outside asks.
  }

  /** The root is told of each task that has ended, in its child executions too. */
  protected taskEnded(_taskId: number, _taskToken: string | undefined): void {
    // Nobody outside knows of it.
  }

  invoke(running: RunningTask, task: TaskCommand): number {
    this.tasksInvoked += 1;
    const taskId = this.#waiting.add(running);
    if (task.taskToken !== undefined) this.#waiting.addAt(task.taskToken, running);
    running.thread.task = running;
    this.#family.command({ type: "invokeTask", taskId, task });
    return taskId;
  }

  endTask(taskId: number, running: RunningTask, taskToken: string | undefined, cancel: boolean): void {
    running.thread.task = undefined;
    this.forget(taskId);
    if (taskToken !== undefined) this.forget(taskToken);
    this.#family.root.taskEnded(taskId, taskToken);
    if (cancel) this.#family.command({ type: "cancelTask", taskId });
  }

  /** The states whose tasks have not answered, in the order of their invocation. */
  waitingTasks(): readonly string[] {
    return this.#waiting.tasks().map(({ thread }) => thread.state.name);
  }

  forget(address: number | string): boolean {
    return this.#waiting.delete(address);
  }

  // Distributed Maps

  startChild(settings: ExecutionSettings, ended: (child: ExecutionOps) => void): ExecutionOps {
    const child = new Execution(settings, { family: this.#family, parent: this, ended });
    child.#start();
    this.#family.activate(child);
    return child;
  }

  startReading(request: ItemReadRequest, then: (reading: ItemsRead) => void): number {
    const readId = this.#waiting.add(new PendingReading(then));
    this.readMore(readId, request);
    return readId;
  }

  readMore(readId: number, request: ItemReadRequest): void {
    this.#family.command({ type: "readItems", readId, request });
  }

  endReading(readId: number): void {
    if (this.forget(readId)) this.#family.command({ type: "closeItems", readId });
  }

  writeResults(writeId: number | undefined, request: ResultWriteRequest, records: readonly ResultRecord[]): number {
    const id = writeId ?? this.#family.newId();
    this.#family.command({ type: "writeResults", writeId: id, request, records, isLast: false });
    return id;
  }

  finishResults(
    writeId: number | undefined,
    request: ResultWriteRequest,
    records: readonly ResultRecord[],
    then: (writing: ResultsWritten) => void,
  ): void {
    const id = writeId ?? this.#family.newId();
    this.#waiting.addAt(id, new PendingWriting(then));
    this.#family.command({ type: "writeResults", writeId: id, request, records, isLast: true });
  }
}

function runAgain(execution: ExecutionOps, thread: Thread): void {
  thread.stopped = undefined;
  thread.state.run(execution, thread);
}
