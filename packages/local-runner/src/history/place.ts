import type { ExecutionPath, ExecutionPathStep } from "./execution-path.ts";

/** A path as a chain from the innermost step outwards: every event of an iteration shares its one link. */
export class Place {
  readonly #outer: Place | undefined;
  readonly #step: ExecutionPathStep | undefined;
  #path: ExecutionPath | undefined;

  private constructor(outer: Place | undefined, step: ExecutionPathStep | undefined) {
    this.#outer = outer;
    this.#step = step;
  }

  static readonly top: Place = new Place(undefined, undefined);

  within(step: ExecutionPathStep): Place {
    return new Place(this, step);
  }

  get path(): ExecutionPath {
    this.#path ??= this.#outer === undefined ? [] : [...this.#outer.path, this.#step!];
    return this.#path;
  }
}
