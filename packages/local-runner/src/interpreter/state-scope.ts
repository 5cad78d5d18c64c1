import type { EvaluationScope, JsonValue, RandomSource, VariableScope } from "@stepwright/asl";
import { contextObject } from "./context-object.ts";
import type { ContextAddition } from "./context-object.ts";
import type { ExecutionOps, Thread } from "./thread.ts";

/** What the fields of a thread's state can read. The context object is built when the first field asks for it. */
export class StateScope implements EvaluationScope {
  readonly input: JsonValue;
  readonly variables: VariableScope;
  readonly random: RandomSource;
  readonly nowEpochMs: number;
  declare readonly result?: JsonValue;
  declare readonly errorOutput?: JsonValue;
  readonly #execution: ExecutionOps;
  readonly #thread: Thread;
  readonly #addition: ContextAddition | undefined;
  #context: JsonValue | undefined;

  /** @param known what `$states` has beside `input` and `context` */
  constructor(
    execution: ExecutionOps,
    thread: Thread,
    input: JsonValue,
    known?: { readonly result: JsonValue } | { readonly errorOutput: JsonValue },
    addition?: ContextAddition,
  ) {
    this.#execution = execution;
    this.#thread = thread;
    this.#addition = addition;
    this.input = input;
    this.variables = thread.variables;
    this.random = execution.random;
    this.nowEpochMs = execution.nowEpochMs;
    if (known !== undefined) Object.assign(this, known);
  }

  get context(): JsonValue {
    this.#context ??= contextObject(this.#execution, this.#thread, this.#addition);
    return this.#context;
  }
}
