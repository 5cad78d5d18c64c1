/**
 * What an execution has in common with the child executions of its Distributed Maps, however deep: one clock, one
 * list of commands, one sequence of ids. Only the root is told events; here it is known whose they are.
 */
import type { Moment } from "../history/moment.ts";
import type { Command } from "./event.ts";

export class Family<Member> {
  readonly root: Member;
  /** Every event of the same turn shares it. */
  now: Moment;
  #commands: Command[] | undefined = undefined;
  #lastId = 0;
  /** Of the ids and tokens that are not the root's. */
  #owners: Map<number | string, Member> | undefined = undefined;
  /** Members other than the root that have something to do. */
  #active: Member[] | undefined = undefined;

  constructor(root: Member, nowEpochMs: number) {
    this.root = root;
    this.now = { epochMs: nowEpochMs };
  }

  /** Never back: after a restart, the system's clock may show an earlier time than before. */
  goTo(nowEpochMs: number): void {
    if (nowEpochMs > this.now.epochMs) this.now = { epochMs: nowEpochMs };
  }

  command(command: Command): void {
    if (this.#commands === undefined) this.#commands = [command];
    else this.#commands.push(command);
  }

  takeCommands(): readonly Command[] {
    const commands = this.#commands;
    if (commands === undefined) return noCommands;
    this.#commands = undefined;
    return commands;
  }

  newId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  own(address: number | string, owner: Member): void {
    this.#owners ??= new Map();
    this.#owners.set(address, owner);
  }

  disown(address: number | string): void {
    this.#owners?.delete(address);
  }

  /** @returns `undefined` for the root */
  ownerOf(address: number | string): Member | undefined {
    return this.#owners?.get(address);
  }

  get hasActive(): boolean {
    return this.#active !== undefined && this.#active.length > 0;
  }

  activate(member: Member): void {
    this.#active ??= [];
    this.#active.push(member);
  }

  forgetActive(): void {
    this.#active = undefined;
  }

  nextActive(): Member | undefined {
    return this.#active?.shift();
  }
}

const noCommands: readonly Command[] = [];
