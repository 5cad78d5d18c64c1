/** What one execution waits for, by the id or the token that the answer carries. */
import type { Family } from "./family.ts";
import type { ExecutionOps, Pending, RunningTask } from "./thread.ts";

export class Waiting<Member> {
  readonly #family: Family<Member>;
  /** `undefined` for the root: what nobody owns is its. */
  readonly #owner: Member | undefined;
  #pending: Map<number | string, Pending> | undefined = undefined;

  constructor(family: Family<Member>, owner: Member | undefined) {
    this.#family = family;
    this.#owner = owner;
  }

  get(address: number | string): Pending | undefined {
    return this.#pending?.get(address);
  }

  /** @returns the id that the answer will carry */
  add(pending: Pending): number {
    const id = this.#family.newId();
    this.addAt(id, pending);
    return id;
  }

  addAt(address: number | string, pending: Pending): void {
    this.#pending ??= new Map();
    this.#pending.set(address, pending);
    if (this.#owner !== undefined) this.#family.own(address, this.#owner);
  }

  /** @returns whether it was there */
  delete(address: number | string): boolean {
    if (this.#pending?.delete(address) !== true) return false;
    if (this.#owner !== undefined) this.#family.disown(address);
    return true;
  }

  /** Nobody waits for any of it any more. */
  release(execution: ExecutionOps): void {
    if (this.#pending === undefined) return;
    for (const [id, pending] of this.#pending) pending.release(execution, id as number);
  }

  /** Tasks on their way, in the order of their invocation. */
  tasks(): readonly RunningTask[] {
    // A task that waits for its token is there twice.
    const tasks = new Set<RunningTask>();
    for (const pending of this.#pending?.values() ?? []) if (pending.kind === "task") tasks.add(pending);
    return [...tasks];
  }
}
