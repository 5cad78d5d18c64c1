/** Items on their way into the input of one child execution, within the limits of an ItemBatcher. */
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { payloadBytes } from "./payload-size.ts";

export interface BatchLimits {
  readonly maxItemsPerBatch: number | undefined;
  readonly maxBytesPerBatch: number | undefined;
  readonly batchInput: JsonValue | undefined;
}

export class ItemBatch {
  readonly #limits: BatchLimits;
  #items: JsonValue[] = [];
  #bytes = 0;

  constructor(limits: BatchLimits) {
    this.#limits = limits;
  }

  get items(): readonly JsonValue[] {
    return this.#items;
  }

  get size(): number {
    return this.#items.length;
  }

  get isFull(): boolean {
    return this.#items.length > 0 && this.#items.length === this.#limits.maxItemsPerBatch;
  }

  /** @returns false when there is no room for it; an empty batch has room for anything */
  add(item: JsonValue): boolean {
    const { maxBytesPerBatch } = this.#limits;
    if (maxBytesPerBatch !== undefined) {
      const bytes = payloadBytes(item) + 1;
      if (this.#items.length === 0) this.#bytes = payloadBytes(this.#inputOf([]));
      else if (this.#bytes + bytes > maxBytesPerBatch) return false;
      this.#bytes += bytes;
    }
    this.#items.push(item);
    return true;
  }

  /** The child's input; the batch is empty afterwards. */
  take(): JsonObject {
    const items = this.#items;
    this.#items = [];
    return this.#inputOf(items);
  }

  #inputOf(items: JsonValue[]): JsonObject {
    const { batchInput } = this.#limits;
    return { ...(batchInput === undefined ? undefined : { BatchInput: batchInput }), Items: items };
  }
}
