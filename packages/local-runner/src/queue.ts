/** First come, first served. Most of the time there is one item: it needs no list. */
export class Queue<Item extends object> {
  /** Ahead of `#rest`. */
  #first: Item | undefined = undefined;
  #rest: Item[] | undefined = undefined;
  #restFrom = 0;

  push(item: Item): void {
    if (this.#rest !== undefined) this.#rest.push(item);
    else if (this.#first === undefined) this.#first = item;
    else this.#rest = [item];
  }

  shift(): Item | undefined {
    const first = this.#first;
    if (first !== undefined) {
      this.#first = undefined;
      return first;
    }
    const rest = this.#rest;
    if (rest === undefined) return undefined;
    const item = rest[this.#restFrom];
    this.#restFrom += 1;
    if (this.#restFrom >= rest.length) {
      this.#rest = undefined;
      this.#restFrom = 0;
    } else if (this.#restFrom === 1024) {
      // Kept short, so that a long life with few items stays in few bytes.
      rest.splice(0, 1024);
      this.#restFrom = 0;
    }
    return item;
  }

  /** Nothing happens when it is not there. */
  remove(item: Item): void {
    if (this.#first === item) {
      this.#first = undefined;
      return;
    }
    const at = this.#rest?.indexOf(item, this.#restFrom) ?? -1;
    if (at !== -1) this.#rest!.splice(at, 1);
  }
}
