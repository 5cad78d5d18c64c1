/**
 * A Distributed Map at work: items come in chunks, each or each batch becomes a child execution with a history of its
 * own, results go to the export or into the state's result.
 *
 * What always holds:
 * - At most `MaxConcurrency` children run, and no more items are held than one chunk and one batch.
 * - One item is selected at a time, in the dataset's order.
 * - `#step` is only called from `#pump`, so that a million children that end at once take no stack.
 *
 * See the developer guide, "Using Map state in Distributed mode".
 */
import { EvaluationFailure, printJson, uuidFrom } from "@stepwright/asl";
import type { JsonObject, JsonValue, WriterConfig } from "@stepwright/asl";
import type {
  DatasetItem,
  ItemReadRequest,
  ItemsRead,
  ResultRecord,
  ResultWriteRequest,
} from "../map-run/item-source.ts";
import type { MapRun, MapRunCounts } from "../map-run/map-run.ts";
import type { Complete } from "./data-flow.ts";
import type { Evaluator } from "./evaluators.ts";
import { dataLimitExceeded } from "./state-failure.ts";
import type { Activation, CompiledState, ExecutionOps, ExecutionSettings, Thread } from "./thread.ts";
import type { Outcome } from "./outcome.ts";
import { payloadBytes } from "./payload-size.ts";
import { runtimeError } from "./state-failure.ts";
import type { StateFailure } from "./state-failure.ts";
import { StateScope } from "./state-scope.ts";

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
export interface MapRunSettings {
  /** The state's effective input. */
  readonly input: JsonValue;
  /** 0: as many as the service allows. */
  readonly maxConcurrency: number;
  readonly toleratedFailureCount: number;
  readonly toleratedFailurePercentage: number;
  /** Either these, or what is to be read. */
  readonly items: JsonObject | undefined;
  readonly reading: ItemReadRequest | undefined;
  readonly maxItemsPerBatch: number | undefined;
  readonly maxBytesPerBatch: number | undefined;
  readonly batchInput: JsonValue | undefined;
  readonly writerParameters: JsonObject;
}

/** What the service runs at a time at most. */
const distributedConcurrency = 10_000;

/** How many results are handed to the export at a time. */
const resultsAtOnce = 500;

type Counts = { -readonly [Name in keyof MapRunCounts]: number };

interface RunningChild {
  readonly index: number;
  readonly itemCount: number;
}

export class MapRunRegion implements Activation, MapRun {
  readonly mapRunArn: string;
  readonly executionArn: string;
  readonly stateName: string;
  readonly startedAtEpochMs: number;
  readonly maxConcurrency: number;
  readonly toleratedFailureCount: number;
  readonly toleratedFailurePercentage: number;
  readonly itemCounts = noCounts();
  readonly executionCounts = noCounts();
  status: MapRun["status"] = "RUNNING";
  stoppedAtEpochMs: number | undefined = undefined;

  readonly #execution: ExecutionOps;
  readonly #owner: Thread;
  readonly #plan: MapRunPlan;
  readonly #settings: MapRunSettings;
  readonly #label: string;
  readonly #limit: number;
  readonly #running = new Map<ExecutionOps, RunningChild>();
  #startedEventId = 0;
  // Items on their way in.
  #chunk: readonly DatasetItem[] = [];
  #chunkFrom = 0;
  #readId = 0;
  #isReading = false;
  #isExhausted = false;
  #isSelecting = false;
  #batch: JsonValue[] = [];
  #batchBytes = 0;
  #isPumping = false;
  #isAborted = false;
  // Results on their way out.
  #outputs: (JsonValue | undefined)[] = [];
  #outputBytes = 0;
  #records: ResultRecord[] = [];
  #writeId: number | undefined = undefined;

  constructor(execution: ExecutionOps, owner: Thread, plan: MapRunPlan, settings: MapRunSettings) {
    this.#execution = execution;
    this.#owner = owner;
    this.#plan = plan;
    this.#settings = settings;
    this.#label = plan.label ?? uuidFrom(execution.random);
    this.#limit =
      settings.maxConcurrency === 0
        ? distributedConcurrency
        : Math.min(settings.maxConcurrency, distributedConcurrency);
    const { executionArn, stateMachineArn } = execution.settings;
    this.mapRunArn = `${stateMachineArn.replace(":stateMachine:", ":mapRun:")}/${this.#label}:${uuidFrom(execution.random)}`;
    this.executionArn = executionArn;
    this.stateName = owner.state.name;
    this.startedAtEpochMs = execution.nowEpochMs;
    this.maxConcurrency = settings.maxConcurrency;
    this.toleratedFailureCount = settings.toleratedFailureCount;
    this.toleratedFailurePercentage = settings.toleratedFailurePercentage;
  }

  begin(): void {
    const { items } = this.#settings;
    this.#execution.record(this.#owner, "MapRunStarted", undefined, { mapRunArn: this.mapRunArn });
    this.#startedEventId = this.#owner.lastEventId;
    if (items !== undefined) {
      const isList = Array.isArray(items);
      const dataset = Object.entries(items).map(([key, value]): DatasetItem => {
        return { value, source: "STATE_DATA", ...(isList ? undefined : { key }) };
      });
      this.#take({ status: "read", items: dataset, isLast: true });
    }
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
    if (this.status !== "RUNNING" || this.#isSelecting || this.#running.size >= this.#limit) return false;
    if (this.#isBatchFull) return this.#startBatch();
    if (this.#chunkFrom < this.#chunk.length) return this.#select(this.#chunk[this.#chunkFrom]!);
    if (!this.#isExhausted) return this.#read();
    if (this.#batch.length > 0) return this.#startBatch();
    if (this.#running.size === 0) this.#finish();
    return false;
  }

  // Items

  #read(): false {
    const request = this.#settings.reading!;
    if (this.#isReading) return false;
    this.#isReading = true;
    if (this.#readId === 0) {
      this.#readId = this.#execution.startReading(request, (reading) => {
        this.#isReading = false;
        this.#take(reading);
        this.#pump();
      });
    } else {
      this.#execution.readMore(this.#readId, request);
    }
    return false;
  }

  #take(reading: ItemsRead): void {
    if (reading.status === "failed") return this.#fail({ error: "States.ItemReaderFailed", cause: reading.cause });
    this.#chunk = reading.items;
    this.#chunkFrom = 0;
    this.#isExhausted = reading.isLast;
    this.itemCounts.total += reading.items.length;
    this.itemCounts.pending += reading.items.length;
  }

  /** The next item's part of a child's input. */
  #select(item: DatasetItem): boolean {
    const execution = this.#execution;
    const index = this.itemCounts.total - this.#chunk.length + this.#chunkFrom;
    this.#chunkFrom += 1;
    const value = item.key === undefined ? item.value : { Key: item.key, Value: item.value };
    const { selector } = this.#plan;
    if (selector === undefined) return this.#add(value);
    const { key, source } = item;
    const context = { item: { index, value: item.value, key, source } };
    const scope = new StateScope(execution, this.#owner, this.#settings.input, undefined, context);
    const selected = selector.evaluate(scope);
    if (selected instanceof EvaluationFailure) return this.#failSelection(selected);
    if (selected !== undefined) return this.#add(selected);
    this.#isSelecting = true;
    execution.evaluateLater(
      this.#owner,
      selector.deferred!,
      scope,
      (later) => {
        this.#isSelecting = false;
        this.#add(later);
        this.#pump();
      },
      (failure) => this.#failSelection(failure),
    );
    return false;
  }

  #failSelection(failure: EvaluationFailure): false {
    const { error, cause } = failure;
    this.#abortChildren();
    this.#close("FAILED");
    this.#owner.region = undefined;
    if (error !== runtimeError) this.#recordRunFailed({ error, cause });
    this.#execution.failEvaluation(this.#owner, failure);
    return false;
  }

  #add(input: JsonValue): boolean {
    if (!this.#plan.isBatched) return this.#start(input, 1);
    const bytes = payloadBytes(input) + 1;
    const { maxBytesPerBatch } = this.#settings;
    if (maxBytesPerBatch !== undefined && this.#batch.length > 0 && this.#batchBytes + bytes > maxBytesPerBatch) {
      this.#startBatch();
    }
    this.#batch.push(input);
    this.#batchBytes = this.#batch.length === 1 ? bytes + this.#batchFrameBytes : this.#batchBytes + bytes;
    return true;
  }

  /** Of a batch's child input without its items. */
  get #batchFrameBytes(): number {
    return payloadBytes(this.#batchOf([]));
  }

  get #isBatchFull(): boolean {
    return this.#batch.length > 0 && this.#batch.length === this.#settings.maxItemsPerBatch;
  }

  #batchOf(items: JsonValue[]): JsonObject {
    const { batchInput } = this.#settings;
    return { ...(batchInput === undefined ? undefined : { BatchInput: batchInput }), Items: items };
  }

  #startBatch(): boolean {
    const items = this.#batch;
    this.#batch = [];
    return this.#start(this.#batchOf(items), items.length);
  }

  // Children

  #start(input: JsonValue, itemCount: number): boolean {
    const execution = this.#execution;
    if (execution.measure(input, this.stateName) > execution.settings.maxPayloadBytes) {
      this.#fail(dataLimitExceeded(this.stateName));
      return false;
    }
    const index = this.executionCounts.total;
    const child = execution.startChild(this.#childSettings(input), (ended) => this.#childEnded(ended));
    this.#running.set(child, { index, itemCount });
    this.executionCounts.total += 1;
    this.executionCounts.running += 1;
    this.itemCounts.pending -= itemCount;
    this.itemCounts.running += itemCount;
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
      redriveCount: 0,
      startTimeEpochMs: nowEpochMs,
    };
  }

  #childEnded(child: ExecutionOps): void {
    const running = this.#running.get(child);
    // Aborted before its turn came.
    if (running === undefined) return;
    const { index, itemCount } = running;
    this.#running.delete(child);
    const outcome = child.outcome!;
    this.#count(outcome.status, itemCount);
    this.#keep(child, outcome, index);
    if (outcome.status !== "SUCCEEDED" && this.#isThresholdExceeded()) {
      return this.#fail(thresholdExceeded);
    }
    this.#pump();
  }

  #count(status: Outcome["status"], itemCount: number): void {
    const name = countNames[status];
    this.executionCounts.running -= 1;
    this.executionCounts[name] += 1;
    this.itemCounts.running -= itemCount;
    this.itemCounts[name] += itemCount;
  }

  /** The share of failures is known when the number of items is. */
  #isThresholdExceeded(): boolean {
    const { toleratedFailureCount, toleratedFailurePercentage } = this;
    const { aborted, failed, timedOut, total } = this.itemCounts;
    const failures = failed + timedOut + aborted;
    if (toleratedFailureCount === 0 && toleratedFailurePercentage === 0) return failures > 0;
    if (toleratedFailureCount > 0 && failures > toleratedFailureCount) return true;
    return toleratedFailurePercentage > 0 && this.#isExhausted && (failures * 100) / total > toleratedFailurePercentage;
  }

  // Results

  #keep(child: ExecutionOps, outcome: Outcome, index: number): void {
    if (!this.#plan.exports) {
      if (outcome.status !== "SUCCEEDED") return;
      const value = this.#plan.writerConfig?.Transformation === "NONE" ? recordOf(child, outcome) : outcome.output;
      this.#outputBytes += payloadBytes(value);
      // What is too large to be a result need not be kept.
      if (this.#outputBytes <= this.#execution.settings.maxPayloadBytes) this.#outputs[index] = value;
      else this.#outputs = [];
      return;
    }
    this.#records.push(...this.#recordsOf(child, outcome));
    if (this.#records.length < resultsAtOnce) return;
    this.#writeId = this.#execution.writeResults(this.#writeId, this.#writing, this.#records);
    this.#records = [];
  }

  #recordsOf(child: ExecutionOps, outcome: Outcome): readonly ResultRecord[] {
    if (outcome.status !== "SUCCEEDED") return [{ status: "FAILED", value: recordOf(child, outcome) }];
    const { Transformation: transformation = "NONE" } = this.#plan.writerConfig ?? {};
    const values = transformation === "NONE" ? [recordOf(child, outcome)] : shaped(transformation, outcome.output);
    return values.map((value) => ({ status: "SUCCEEDED", value }));
  }

  get #writing(): ResultWriteRequest {
    return {
      stateName: this.stateName,
      mapRunArn: this.mapRunArn,
      parameters: this.#settings.writerParameters,
      config: this.#plan.writerConfig ?? { OutputType: "JSON" },
    };
  }

  // The end

  #finish(): void {
    if (this.#isThresholdExceeded()) return this.#fail(thresholdExceeded);
    this.#close("SUCCEEDED");
    this.#export((exported) => this.#succeed(exported ?? this.#result()));
  }

  /** @param then is given what stands for the exported results; `undefined` when nothing is exported */
  #export(then: (exported: JsonObject | undefined) => void): void {
    if (!this.#plan.exports) return then(undefined);
    this.#execution.finishResults(this.#writeId, this.#writing, this.#records, (writing) => {
      if (this.#isAborted) return;
      if (writing.status === "failed") {
        this.status = "FAILED";
        return this.#failState({ error: "States.ResultWriterFailed", cause: writing.cause });
      }
      const { bucket, key } = writing;
      then({ MapRunArn: this.mapRunArn, ResultWriterDetails: { Bucket: bucket, Key: key } });
    });
  }

  #result(): JsonValue | undefined {
    if (this.#outputBytes > this.#execution.settings.maxPayloadBytes) return undefined;
    const outputs = this.#outputs.filter((output) => output !== undefined);
    return this.#plan.writerConfig?.Transformation === "FLATTEN"
      ? outputs.flatMap((output) => shaped("FLATTEN", output))
      : outputs;
  }

  #succeed(result: JsonValue | undefined): void {
    const execution = this.#execution;
    const owner = this.#owner;
    owner.region = undefined;
    if (result === undefined) return execution.fail(owner, { ...dataLimitExceeded(this.stateName), fatal: true });
    this.itemCounts.resultsWritten = this.itemCounts.succeeded;
    this.executionCounts.resultsWritten = this.executionCounts.succeeded;
    const succeededId = execution.recordAfter(this.#startedEventId, owner, "MapRunSucceeded");
    execution.recordAfter(succeededId, owner, "MapStateSucceeded");
    // MapStateExited follows MapRunStarted (recorded since November 2024).
    owner.lastEventId = this.#startedEventId;
    this.#plan.complete(execution, owner, result, this.#plan.next);
  }

  #fail(failure: StateFailure): void {
    if (this.status !== "RUNNING") return;
    this.#abortChildren();
    this.#close("FAILED");
    this.#export(() => this.#failState(failure));
  }

  #failState(failure: StateFailure): void {
    this.#owner.region = undefined;
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
    this.#chunk = [];
    if (this.#readId !== 0) this.#execution.endReading(this.#readId);
  }

  #abortChildren(): void {
    for (const [child, { itemCount }] of this.#running) {
      child.stop();
      this.#count("ABORTED", itemCount);
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
}

const thresholdExceeded: StateFailure = {
  error: "States.ExceedToleratedFailureThreshold",
  cause: "The specified tolerated failure threshold was exceeded",
};

const countNames = {
  SUCCEEDED: "succeeded",
  FAILED: "failed",
  TIMED_OUT: "timedOut",
  ABORTED: "aborted",
} as const satisfies Readonly<Record<Outcome["status"], keyof MapRunCounts>>;

function noCounts(): Counts {
  return { total: 0, pending: 0, running: 0, succeeded: 0, failed: 0, timedOut: 0, aborted: 0, resultsWritten: 0 };
}

/** A result as `COMPACT` or `FLATTEN` gives it: flattening takes lists apart, one level. */
function shaped(transformation: "COMPACT" | "FLATTEN", output: JsonValue): readonly JsonValue[] {
  return transformation === "FLATTEN" && Array.isArray(output) ? (output as readonly JsonValue[]) : [output];
}

/** A child as the result files describe it. */
function recordOf({ settings, stoppedAtEpochMs }: ExecutionOps, outcome: Outcome): JsonObject {
  const { status } = outcome;
  return {
    ExecutionArn: settings.executionArn,
    ...(status === "SUCCEEDED"
      ? undefined
      : {
          ...(outcome.error === undefined ? undefined : { Error: outcome.error }),
          ...(outcome.cause === undefined ? undefined : { Cause: outcome.cause }),
        }),
    Input: printJson(settings.input),
    InputDetails: { Included: true },
    Name: settings.name,
    ...(status === "SUCCEEDED" ? { Output: printJson(outcome.output), OutputDetails: { Included: true } } : undefined),
    RedriveCount: 0,
    RedriveStatus: status === "SUCCEEDED" ? "NOT_REDRIVABLE" : "REDRIVABLE",
    ...(status === "SUCCEEDED" ? { RedriveStatusReason: "Execution is SUCCEEDED and cannot be redriven" } : undefined),
    StartDate: new Date(settings.startTimeEpochMs).toISOString(),
    StateMachineArn: settings.stateMachineArn,
    Status: status,
    StopDate: new Date(stoppedAtEpochMs).toISOString(),
  };
}
