/** The workflow variables of one `States` block; an inner block reads the outer ones and writes only its own. */
import type { JsonObject, JsonValue, VariableScope } from "@stepwright/asl";

export class Variables implements VariableScope {
  readonly #outer: Variables | undefined;
  #own: Map<string, JsonValue> | undefined;

  constructor(outer: Variables | undefined) {
    this.#outer = outer;
  }

  get(name: string): JsonValue | undefined {
    const own = this.#own?.get(name);
    return own === undefined && this.#outer !== undefined ? this.#outer.get(name) : own;
  }

  assign(assigned: JsonObject): void {
    this.#own ??= new Map();
    for (const name of Object.keys(assigned)) this.#own.set(name, assigned[name]!);
  }
}
