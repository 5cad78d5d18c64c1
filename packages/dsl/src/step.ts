/** A state as the builder keeps it: its ASL fields, without the links that only the whole graph can give. */
import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { JsonObject, QueryLanguage, StateType } from "@stepwright/asl";
import type { CallSite } from "./call-site.ts";
import type { AnyTaskContract } from "./task.ts";

export interface Step {
  readonly name: string;
  readonly type: StateType;
  readonly callSite: CallSite;
  readonly fields: JsonObject;
  readonly contract?: AnyTaskContract;
  readonly branches?: readonly Graph[];
  readonly processor?: Processor;
  readonly catchers?: readonly Detour[];
  readonly choices?: readonly Detour[];
  /** Its fields are the state's own. */
  readonly otherwise?: Detour;
  /** A Choice without `Default`. */
  readonly exhaustive?: true;
}

/** Steps in the order in which they were written; the first one starts. */
export interface Graph {
  readonly steps: readonly Step[];
  /** The state to go to after the last step, in place of the one that follows; `null` ends the graph. */
  readonly jumpTo?: string | null;
  readonly jumpSite?: CallSite;
}

export interface Processor extends Graph {
  readonly fields: JsonObject;
}

/** A way out of a state that rejoins the chain behind that state, unless it ends or jumps. */
export interface Detour extends Graph {
  readonly fields: JsonObject;
  readonly callSite: CallSite;
}

export interface MachineHead {
  readonly name: string;
  readonly input: StandardSchemaV1 | undefined;
  readonly queryLanguage: QueryLanguage;
  /** Of the states, where it is another than the machine's. */
  readonly stateLanguage?: QueryLanguage;
  readonly fields: JsonObject;
  readonly callSite: CallSite;
}
