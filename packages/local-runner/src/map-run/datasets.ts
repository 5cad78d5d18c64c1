/** The datasets being read and the exports being written by one run: the effects that a Distributed Map asks for. */
import { DatasetError } from "./dataset-error.ts";
import type {
  DatasetItem,
  ItemReadRequest,
  ItemsRead,
  ResultRecord,
  ResultWriteRequest,
  ResultsWritten,
} from "./item-source.ts";
import type { ObjectStore } from "./object-store.ts";
import { readItems } from "./read-items.ts";
import { ResultExport } from "./result-export.ts";

/** How many items are handed over at a time. */
const itemsAtOnce = 1000;

interface Writing {
  readonly results: ResultExport;
  /** Writes come one after the other. */
  last: Promise<unknown>;
}

export class Datasets {
  readonly #store: ObjectStore | undefined;
  readonly #readings = new Map<number, AsyncIterator<DatasetItem>>();
  readonly #writings = new Map<number, Writing>();

  constructor(store: ObjectStore | undefined) {
    this.#store = store;
  }

  /** The next items. A reading that is closed meanwhile opens nothing, and has none. */
  async read(readId: number, request: ItemReadRequest): Promise<ItemsRead> {
    const reading = this.#readings.get(readId) ?? this.#open(readId, request);
    // Whoever reads faster than results can be written would fill the memory with them.
    await Promise.allSettled(Array.from(this.#writings.values(), ({ last }) => last));
    const items: DatasetItem[] = [];
    try {
      while (items.length < itemsAtOnce) {
        const next = await reading.next();
        if (next.done === true) return { status: "read", items, isLast: true };
        items.push(next.value);
      }
    } catch (reason) {
      if (reason instanceof DatasetError || isSystemError(reason)) return { status: "failed", cause: reason.message };
      throw reason;
    }
    return { status: "read", items, isLast: false };
  }

  #open(readId: number, request: ItemReadRequest): AsyncIterator<DatasetItem> {
    const items = readItems(request, this.#storeFor(request.stateName, "an ItemReader"));
    const reading = request.from === 0 ? items : itemsAfter(items, request.from);
    this.#readings.set(readId, reading);
    return reading;
  }

  close(readId: number): void {
    const reading = this.#readings.get(readId);
    this.#readings.delete(readId);
    // Closing a file cannot fail in a way that matters any more.
    reading?.return?.().catch(() => undefined);
  }

  /** The run has ended: what was not finished is left as it is. */
  closeAll(): void {
    for (const readId of this.#readings.keys()) this.close(readId);
    for (const { last, results } of this.#writings.values()) {
      const abandon = () => results.abandon();
      last.then(abandon, abandon).catch(() => undefined);
    }
  }

  /** Appends records to an export, which begins with the first of them. */
  write(writeId: number, request: ResultWriteRequest, records: readonly ResultRecord[]): void {
    const writing = this.#writingOf(writeId, request);
    writing.last = writing.last.then(() => writing.results.write(records));
    // `finish` tells of a failure.
    writing.last.catch(() => undefined);
  }

  async finish(
    writeId: number,
    request: ResultWriteRequest,
    records: readonly ResultRecord[],
  ): Promise<ResultsWritten> {
    this.write(writeId, request, records);
    const { last, results } = this.#writingOf(writeId, request);
    this.#writings.delete(writeId);
    try {
      await last;
      return await results.finish();
    } catch (reason) {
      await results.abandon().catch(() => undefined);
      if (isSystemError(reason)) return { status: "failed", cause: reason.message };
      throw reason;
    }
  }

  #writingOf(writeId: number, request: ResultWriteRequest): Writing {
    let writing = this.#writings.get(writeId);
    if (writing === undefined) {
      const store = this.#storeFor(request.stateName, "a ResultWriter");
      writing = { results: new ResultExport(request, store), last: Promise.resolve() };
      this.#writings.set(writeId, writing);
    }
    return writing;
  }

  #storeFor(stateName: string, what: string): ObjectStore {
    if (this.#store !== undefined) return this.#store;
    throw new Error(
      `State "${stateName}" has ${what}, and nothing stands for S3. Give a folder whose folders are the buckets: objects: objectFolder("…").`,
    );
  }
}

async function* itemsAfter(items: AsyncIterable<DatasetItem>, count: number): AsyncGenerator<DatasetItem> {
  let passed = 0;
  for await (const item of items) {
    if (passed >= count) yield item;
    else passed += 1;
  }
}

/** Of the file system: a folder in the place of a file, no permission, no space. */
function isSystemError(reason: unknown): reason is Error {
  return reason instanceof Error && "syscall" in reason;
}
