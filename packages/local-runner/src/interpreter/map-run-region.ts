/**
 * A Distributed Map at work: each item or batch becomes a child execution with a history of its own. How the items come
 * in is `map-run-items.ts`, how the results go out `map-run-results.ts`.
 *
 * What always holds:
 * - At most `MaxConcurrency` children run, and no more items are held than one chunk and one batch.
 * - One item is selected at a time, in the dataset's order.
 * - `#step` is only called from `#pump`, so that a million children that end at once take no stack.
 *
 * See the developer guide, "Using Map state in Distributed mode".
 */
import { uuidFrom } from "@stepwright/asl";
import type { EvaluationFailure, JsonObject, JsonValue, WriterConfig } from "@stepwright/asl";
import type { ItemReadRequest } from "../map-run/item-source.ts";
import type { MapRun, MapRunCounts } from "../map-run/map-run.ts";
import type { Complete } from "./data-flow.ts";
import type { Evaluator } from "./evaluators.ts";
import type { MapRunChange } from "./event.ts";
import type { BatchLimits } from "./item-batch.ts";
import type { ChildRun, CompiledState, ExecutionOps, ExecutionSettings, OwnMapRun, Thread } from "./thread.ts";
import { MapRunItems } from "./map-run-items.ts";
import type { ItemsTarget } from "./map-run-items.ts";
import { MapRunTally, countOfStatus } from "./map-run-tally.ts";
import { MapRunResults } from "./map-run-results.ts";
import { dataLimitExceeded, runtimeError } from "./state-failure.ts";
import type { StateFailure } from "./state-failure.ts";

export interface MapRunPlan {
  readonly startAt: CompiledState;
  readonly selector: Evaluator | undefined;
  readonly label: string | undefined;
  readonly isExpress: boolean;
  readonly isBatched: boolean;
  /** The results go into objects. */
  readonly exports: boolean;
  readonly writerConfig: WriterConfig | undefined;
  readonly complete: Complete;
  readonly next: CompiledState | undefined;
}

/** What was evaluated for this run. */
export interface MapRunSettings extends BatchLimits {
  /** The state's effective input. */
  readonly input: JsonValue;
  /** 0: as many as the service allows. */
  readonly maxConcurrency: number;
  readonly toleratedFailureCount: number;
  readonly toleratedFailurePercentage: number;
  /** Either these, or what is to be read. */
  readonly items: JsonObject | undefined;
  readonly reading: ItemReadRequest | undefined;
  readonly writerParameters: JsonObject;
}

/** What the service runs at a time at most. */
const distributedConcurrency = 10_000;

/** See the developer guide, "Redrive eligibility for child workflows in a Map Run". */
const maxRedrives = 1000;

export class MapRunRegion implements OwnMapRun {
  readonly mapRunArn: string;
  readonly executionArn: string;
  readonly stateName: string;
  readonly startedAtEpochMs: number;
  maxConcurrency: number;
  toleratedFailureCount: number;
  toleratedFailurePercentage: number;
  readonly #tally = new MapRunTally();
  readonly itemCounts: MapRunCounts = this.#tally.items;
  readonly executionCounts: MapRunCounts = this.#tally.executions;
  status: MapRun["status"] = "RUNNING";
  stoppedAtEpochMs: number | undefined = undefined;
  redriveCount = 0;
  redrivenAtEpochMs: number | undefined = undefined;
  readonly children = new Map<string, ChildRun>();

  readonly #execution: ExecutionOps;
  readonly #owner: Thread;
  readonly #plan: MapRunPlan;
  readonly #label: string;
  readonly #results: MapRunResults;
  readonly #running = new Set<ChildRun>();
  /** Children to be done again, in the order of their starting. */
  #redriven: ChildRun[] = [];
  #startedChildren = 0;
  /** `MapStateStarted`. */
  readonly #stateStartedEventId: number;
  /** `MapRunStarted` or `MapRunRedriven`. */
  #startedEventId = 0;
  readonly #items: MapRunItems;
  #isPumping = false;
  #isAborted = false;

  constructor(execution: ExecutionOps, owner: Thread, plan: MapRunPlan, settings: MapRunSettings) {
    this.#execution = execution;
    this.#owner = owner;
    this.#plan = plan;
    this.#label = plan.label ?? uuidFrom(execution.random);
    const { executionArn, stateMachineArn } = execution.settings;
    this.mapRunArn = `${stateMachineArn.replace(":stateMachine:", ":mapRun:")}/${this.#label}:${uuidFrom(execution.random)}`;
    this.executionArn = executionArn;
    this.stateName = owner.state.name;
    this.#stateStartedEventId = owner.lastEventId;
    this.startedAtEpochMs = execution.nowEpochMs;
    this.maxConcurrency = settings.maxConcurrency;
    this.toleratedFailureCount = settings.toleratedFailureCount;
    this.toleratedFailurePercentage = settings.toleratedFailurePercentage;
    const { stateName, mapRunArn } = this;
    const { writerParameters } = settings;
    const { exports, writerConfig } = plan;
    const { isBatched, selector } = plan;
    this.#items = new MapRunItems({ ...settings, execution, owner, isBatched, selector }, this.#itemsTarget);
    this.#results = new MapRunResults({ execution, stateName, mapRunArn, exports, writerConfig, writerParameters });
  }

  begin(): void {
    this.#execution.record(this.#owner, "MapRunStarted", undefined, { mapRunArn: this.mapRunArn });
    this.#startedEventId = this.#owner.lastEventId;
    this.#items.begin();
    this.#pump();
  }

  #pump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    while (this.#step()) {
      // Each step starts a child, selects an item, or finds that there is nothing to do but wait.
    }
    this.#isPumping = false;
  }

  #step(): boolean {
    if (this.status !== "RUNNING" || this.#running.size >= this.#limit) return false;
    const redriven = this.#redriven.shift();
    if (redriven !== undefined) return this.#resume(redriven);
    const step = this.#items.step();
    if (step === "done" && this.#running.size === 0) this.#finish();
    return step === "stepped";
  }

  get #limit(): number {
    return this.maxConcurrency === 0 ? distributedConcurrency : Math.min(this.maxConcurrency, distributedConcurrency);
  }

  readonly #itemsTarget: ItemsTarget = {
    took: (count) => {
      const executions = this.#plan.isBatched ? 0 : count;
      this.#tally.add("total", executions, count);
      this.#tally.add("pending", executions, count);
    },
    start: (input, itemCount) => this.#start(input, itemCount),
    goOn: () => this.#pump(),
    readingFailed: (cause) => this.#fail({ error: "States.ItemReaderFailed", cause }),
    selectionFailed: (failure) => this.#failSelection(failure),
  };

  #failSelection(failure: EvaluationFailure): void {
    const { error, cause } = failure;
    this.#abortChildren();
    this.#close("FAILED");
    this.#owner.region = undefined;
    if (error !== runtimeError) this.#recordRunFailed({ error, cause });
    this.#execution.failEvaluation(this.#owner, failure);
  }

  // Children

  #start(input: JsonValue, itemCount: number): boolean {
    const execution = this.#execution;
    if (execution.measure(input, this.stateName) > execution.settings.maxPayloadBytes) {
      this.#fail(dataLimitExceeded(this.stateName));
      return false;
    }
    const index = this.#startedChildren;
    this.#startedChildren += 1;
    if (this.#plan.isBatched) this.#tally.add("total", 1, 0);
    this.#tally.add("pending", this.#plan.isBatched ? 0 : -1, -itemCount);
    this.#run(execution.startChild(this.#childSettings(input), this.#childEnded), index, itemCount);
    return true;
  }

  #run(child: ExecutionOps, index: number, itemCount: number): void {
    const run: ChildRun = { execution: child, index, itemCount };
    this.#running.add(run);
    this.children.set(child.settings.executionArn, run);
    this.#tally.add("running", 1, itemCount);
  }

  /** Standard children go on where they stopped, Express ones begin again: recorded. */
  #resume({ execution: child, index, itemCount }: ChildRun): true {
    const execution = this.#execution;
    this.#tally.add("pendingRedrive", -1, -itemCount);
    if (this.#plan.isExpress) {
      const redriveCount = (child.redriveCount ?? 0) + 1;
      const settings = { ...child.settings, redriveCount, startTimeEpochMs: execution.nowEpochMs };
      this.#run(execution.startChild(settings, this.#childEnded), index, itemCount);
    } else {
      this.#run(child, index, itemCount);
      child.redrive(execution.nowEpochMs);
      child.wake();
    }
    return true;
  }

  #childSettings(input: JsonValue): ExecutionSettings {
    const { settings, nowEpochMs, random } = this.#execution;
    const name = uuidFrom(random);
    const stateMachineArn = `${settings.stateMachineArn}/${this.#label}`;
    const kind = this.#plan.isExpress ? "express" : "execution";
    const id = this.#plan.isExpress ? `:${uuidFrom(random)}` : "";
    return {
      ...settings,
      startAt: this.#plan.startAt,
      timeoutSeconds: undefined,
      input,
      name,
      executionArn: `${stateMachineArn.replace(":stateMachine:", `:${kind}:`)}:${name}${id}`,
      stateMachineArn,
      stateMachineName: `${settings.stateMachineName}/${this.#label}`,
      stateMachineAliasArn: undefined,
      stateMachineVersionArn: undefined,
      redriveCount: 0,
      startTimeEpochMs: nowEpochMs,
    };
  }

  readonly #childEnded = (child: ExecutionOps): void => {
    const run = this.children.get(child.settings.executionArn);
    // Aborted before its turn came.
    if (run === undefined || !this.#running.delete(run)) return;
    if (this.#execution.settings.keepsChildren !== true) this.children.delete(child.settings.executionArn);
    const outcome = child.outcome!;
    this.#tally.move("running", countOfStatus[outcome.status], run.itemCount);
    this.#results.keep(child, outcome, run.index);
    if (outcome.status !== "SUCCEEDED" && this.#isThresholdExceeded()) return this.#fail(thresholdExceeded);
    this.#pump();
  };

  /** The share of failures is known when the number of items is. */
  #isThresholdExceeded(): boolean {
    const { toleratedFailureCount, toleratedFailurePercentage } = this;
    const { aborted, failed, timedOut, total } = this.itemCounts;
    const failures = failed + timedOut + aborted;
    if (toleratedFailureCount === 0 && toleratedFailurePercentage === 0) return failures > 0;
    if (toleratedFailureCount > 0 && failures > toleratedFailureCount) return true;
    return (
      toleratedFailurePercentage > 0 && this.#items.isExhausted && (failures * 100) / total > toleratedFailurePercentage
    );
  }

  // The end

  #finish(): void {
    if (this.#isThresholdExceeded()) return this.#fail(thresholdExceeded);
    this.#close("SUCCEEDED");
    this.#items.forget();
    this.#export((exported) => this.#succeed(exported ?? this.#results.result()));
  }

  #export(then: (exported: JsonObject | undefined) => void): void {
    const unlessAborted = (exported: JsonObject | undefined): void => {
      if (!this.#isAborted) then(exported);
    };
    this.#results.finish(unlessAborted, (cause) => {
      if (this.#isAborted) return;
      this.status = "FAILED";
      this.#failState({ error: "States.ResultWriterFailed", cause });
    });
  }

  #succeed(result: JsonValue | undefined): void {
    const execution = this.#execution;
    const owner = this.#owner;
    owner.region = undefined;
    if (result === undefined) return execution.fail(owner, { ...dataLimitExceeded(this.stateName), fatal: true });
    this.#tally.resultsWritten();
    const succeededId = execution.recordAfter(this.#startedEventId, owner, "MapRunSucceeded");
    execution.recordAfter(succeededId, owner, "MapStateSucceeded");
    // MapStateExited follows MapRunStarted (recorded since November 2024).
    owner.lastEventId = this.#startedEventId;
    this.#plan.complete(execution, owner, result, this.#plan.next);
  }

  #fail(failure: StateFailure): void {
    if (this.status !== "RUNNING") return;
    const aborted = [...this.#running];
    this.#abortChildren();
    this.#close("FAILED");
    for (const { execution: child, index } of aborted) this.#results.keep(child, child.outcome!, index);
    this.#keepPending(() => this.#export(() => this.#failState(failure)));
  }

  /** The result files list the items, too, that nothing was done about. */
  #keepPending(then: () => void): void {
    if (!this.#plan.exports) return then();
    const list = (): void => {
      let step = pending.step();
      while (step === "stepped") step = pending.step();
      if (step === "done") then();
    };
    const pending = this.#items.pending({
      took() {},
      start: (input) => {
        this.#results.keepPending(input);
        return true;
      },
      goOn: list,
      readingFailed() {},
      // What cannot be said of one is not said of those after it either.
      selectionFailed: then,
    });
    list();
  }

  #failState(failure: StateFailure): void {
    this.#owner.region = undefined;
    if (this.#isRedrivable && resumable.has(failure.error)) this.#owner.stopped = this;
    this.#recordRunFailed(failure);
    this.#execution.fail(this.#owner, failure);
  }

  #recordRunFailed({ error, cause }: StateFailure): void {
    this.#owner.lastEventId = this.#startedEventId;
    this.#execution.record(this.#owner, "MapRunFailed", undefined, { error, cause });
  }

  #close(status: Exclude<MapRun["status"], "RUNNING">): void {
    this.status = status;
    this.stoppedAtEpochMs = this.#execution.nowEpochMs;
    this.#items.close();
    for (const { execution: child, itemCount } of this.#redriven) {
      this.#tally.move("pendingRedrive", countOfStatus[child.outcome!.status], itemCount);
    }
    this.#redriven = [];
  }

  #abortChildren(): void {
    // Recorded, for a Map Run that failed too.
    const cause = `The map run execution [${this.mapRunArn}] which was managing this resource was aborted`;
    for (const { execution: child, itemCount } of this.#running) {
      child.stop(undefined, cause);
      this.#tally.move("running", "aborted", itemCount);
    }
    this.#running.clear();
  }

  abort(execution: ExecutionOps, causeEventId: number): void {
    this.#isAborted = true;
    if (this.status !== "RUNNING") return;
    this.#abortChildren();
    this.#close("ABORTED");
    execution.recordAfter(causeEventId, this.#owner, "MapRunAborted");
  }

  update({ maxConcurrency, toleratedFailureCount, toleratedFailurePercentage }: MapRunChange): void {
    if (this.status !== "RUNNING") return;
    this.maxConcurrency = maxConcurrency ?? this.maxConcurrency;
    this.toleratedFailureCount = toleratedFailureCount ?? this.toleratedFailureCount;
    this.toleratedFailurePercentage = toleratedFailurePercentage ?? this.toleratedFailurePercentage;
    if (this.#isThresholdExceeded()) return this.#fail(thresholdExceeded);
    this.#pump();
  }

  // Redrive

  /** Without its children, a Map Run is started anew. */
  get #isRedrivable(): boolean {
    return this.#execution.settings.keepsChildren === true;
  }

  /** See the developer guide, "Redriving Map Runs in Step Functions executions". */
  redrive(execution: ExecutionOps): void {
    const owner = this.#owner;
    if (!this.#isRedrivable) {
      owner.region = undefined;
      return execution.resume(owner);
    }
    if (this.redriveCount === maxRedrives) {
      const cause = `The Map Run ${this.mapRunArn} was redriven ${maxRedrives} times, which is the most it can be.`;
      return execution.failExecution(owner, { error: runtimeError, cause });
    }
    this.status = "RUNNING";
    this.stoppedAtEpochMs = undefined;
    this.#isAborted = false;
    this.redriveCount += 1;
    this.redrivenAtEpochMs = execution.nowEpochMs;
    owner.lastEventId = this.#stateStartedEventId;
    const { mapRunArn, redriveCount } = this;
    execution.record(owner, "MapRunRedriven", undefined, { mapRunArn, redriveCount });
    this.#startedEventId = owner.lastEventId;
    this.#tally.redriven();
    this.#queueUnsuccessful();
    this.#results.redrive(redriveCount, this.#succeeded());
    this.#pump();
  }

  isPendingRedrive(executionArn: string): boolean {
    return this.#redriven.some(({ execution: child }) => child.settings.executionArn === executionArn);
  }

  #queueUnsuccessful(): void {
    this.#redriven = [];
    for (const run of this.children.values()) {
      const { execution: child, itemCount } = run;
      const { status } = child.outcome!;
      if (status === "SUCCEEDED") continue;
      if (canBeRedriven(child)) {
        this.#tally.move(countOfStatus[status], "pendingRedrive", itemCount);
        this.#redriven.push(run);
      } else {
        this.#tally.add("failuresNotRedrivable", 1, itemCount);
      }
    }
  }

  *#succeeded(): Generator<ExecutionOps> {
    for (const { execution: child } of this.children.values()) {
      if (child.outcome?.status === "SUCCEEDED") yield child;
    }
  }
}

/** The last event must leave room for `ExecutionRedriven` and one more. */
function canBeRedriven({ events, settings }: ExecutionOps): boolean {
  return events.length < settings.maxHistoryEvents - 1;
}

const thresholdExceeded: StateFailure = {
  error: "States.ExceedToleratedFailureThreshold",
  cause: "The specified tolerated failure threshold was exceeded",
};

/** After the other failures, a redrive starts another Map Run. See the developer guide. */
const resumable: ReadonlySet<string | undefined> = new Set([
  thresholdExceeded.error,
  "States.ItemReaderFailed",
  "States.ResultWriterFailed",
]);
