/**
 * The items of a Map Run on their way in: handed over in chunks, selected one at a time in the dataset's order, put
 * together in batches.
 */
import { EvaluationFailure } from "@stepwright/asl";
import type { JsonObject, JsonValue } from "@stepwright/asl";
import type { DatasetItem, ItemReadRequest, ItemsRead } from "../map-run/item-source.ts";
import type { Evaluator } from "./evaluators.ts";
import { ItemBatch } from "./item-batch.ts";
import type { BatchLimits } from "./item-batch.ts";
import { StateScope } from "./state-scope.ts";
import type { ExecutionOps, Thread } from "./thread.ts";

export interface MapRunItemsOptions extends BatchLimits {
  readonly execution: ExecutionOps;
  /** The Map state's thread. */
  readonly owner: Thread;
  /** The state's effective input. */
  readonly input: JsonValue;
  readonly selector: Evaluator | undefined;
  /** Either these, or what is to be read. */
  readonly items: JsonObject | undefined;
  readonly reading: ItemReadRequest | undefined;
  readonly isBatched: boolean;
}

/** What a Map Run does about its items. */
export interface ItemsTarget {
  /** So many more items are known of. */
  took(count: number): void;
  /** @returns whether there is more to be done now */
  start(input: JsonValue, itemCount: number): boolean;
  /** After something that was waited for. */
  goOn(): void;
  readingFailed(cause: string): void;
  selectionFailed(failure: EvaluationFailure): void;
}

export class MapRunItems {
  readonly #options: MapRunItemsOptions;
  readonly #target: ItemsTarget;
  /** Of the dataset's items, those that were handed over. */
  #taken = 0;
  #chunk: readonly DatasetItem[] = [];
  #chunkFrom = 0;
  #readId = 0;
  #isReading = false;
  #isExhausted = false;
  #isSelecting = false;
  readonly #batch: ItemBatch;

  constructor(options: MapRunItemsOptions, target: ItemsTarget) {
    this.#options = options;
    this.#batch = new ItemBatch(options);
    this.#target = target;
  }

  /** Whether the dataset has no more items than are known of. */
  get isExhausted(): boolean {
    return this.#isExhausted;
  }

  begin(): void {
    const { items } = this.#options;
    if (items === undefined) return;
    const isList = Array.isArray(items);
    const dataset = Object.entries(items).map(([key, value]): DatasetItem => {
      return { value, source: "STATE_DATA", ...(isList ? undefined : { key }) };
    });
    this.#take({ status: "read", items: dataset, isLast: true });
  }

  /** Goes one step towards a child. @returns `waiting` until `goOn`, `done` when nothing is left */
  step(): "stepped" | "waiting" | "done" {
    if (this.#isSelecting) return "waiting";
    if (this.#batch.isFull) return this.#startBatch();
    const item = this.#chunk[this.#chunkFrom];
    if (item !== undefined) return this.#select(item);
    if (!this.#isExhausted) return this.#read();
    return this.#batch.size > 0 ? this.#startBatch() : "done";
  }

  /** Stops for now. What is known of stays, and an item whose selection was under way will be selected again. */
  close(): void {
    const { execution, owner } = this.#options;
    if (this.#readId !== 0) execution.endReading(this.#readId);
    this.#readId = 0;
    this.#isReading = false;
    if (!this.#isSelecting) return;
    execution.forget(owner.evaluationId);
    this.#isSelecting = false;
    this.#chunkFrom -= 1;
  }

  /** What is known of and was not started, to go through without moving on. */
  pending(target: ItemsTarget): MapRunItems {
    const pending = new MapRunItems(this.#options, target);
    pending.#taken = this.#taken;
    pending.#chunk = this.#chunk;
    pending.#chunkFrom = this.#chunkFrom;
    pending.#isExhausted = true;
    for (const item of this.#batch.items) pending.#batch.add(item);
    return pending;
  }

  /** Nothing will be wanted any more. */
  forget(): void {
    this.#chunk = [];
  }

  #read(): "waiting" {
    if (this.#isReading) return "waiting";
    this.#isReading = true;
    const { execution, reading } = this.#options;
    const request = { ...reading!, from: this.#taken };
    if (this.#readId !== 0) {
      execution.readMore(this.#readId, request);
    } else {
      this.#readId = execution.startReading(request, (answer) => {
        this.#isReading = false;
        this.#take(answer);
        this.#target.goOn();
      });
    }
    return "waiting";
  }

  #take(reading: ItemsRead): void {
    if (reading.status === "failed") return this.#target.readingFailed(reading.cause);
    this.#chunk = reading.items;
    this.#chunkFrom = 0;
    this.#isExhausted = reading.isLast;
    this.#taken += reading.items.length;
    this.#target.took(reading.items.length);
  }

  /** The next item's part of a child's input. */
  #select(item: DatasetItem): "stepped" | "waiting" {
    const { execution, input, owner, selector } = this.#options;
    const index = this.#taken - this.#chunk.length + this.#chunkFrom;
    this.#chunkFrom += 1;
    const value = item.key === undefined ? item.value : { Key: item.key, Value: item.value };
    if (selector === undefined) return this.#add(value);
    const { key, source } = item;
    const scope = new StateScope(execution, owner, input, undefined, {
      item: { index, value: item.value, key, source },
    });
    const selected = selector.evaluate(scope);
    if (selected instanceof EvaluationFailure) {
      this.#target.selectionFailed(selected);
      return "waiting";
    }
    if (selected !== undefined) return this.#add(selected);
    this.#isSelecting = true;
    const goOn = (later: JsonValue): void => {
      this.#isSelecting = false;
      this.#add(later);
      this.#target.goOn();
    };
    execution.evaluateLater(owner, selector.deferred!, scope, goOn, (failure) => this.#target.selectionFailed(failure));
    return "waiting";
  }

  #add(input: JsonValue): "stepped" | "waiting" {
    if (!this.#options.isBatched) return this.#start(input, 1);
    if (this.#batch.add(input)) return "stepped";
    const step = this.#startBatch();
    this.#batch.add(input);
    return step;
  }

  #startBatch(): "stepped" | "waiting" {
    const { size } = this.#batch;
    return this.#start(this.#batch.take(), size);
  }

  #start(input: JsonValue, itemCount: number): "stepped" | "waiting" {
    return this.#target.start(input, itemCount) ? "stepped" : "waiting";
  }
}
