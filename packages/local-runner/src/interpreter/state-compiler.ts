/** What the compiler of one state type is given; each lives in its own file under `states/`. */
import type { StateGraph, State, StateType } from "@stepwright/asl";
import type { CompiledState } from "./thread.ts";
import type { Language } from "./language.ts";

export type StateRun = CompiledState["run"];

export interface StateSurroundings {
  readonly name: string;
  readonly language: Language;
  /** `undefined` when the state ends its graph. */
  readonly next: CompiledState | undefined;
  /** A state of the same graph. */
  target(name: string): CompiledState;
  /** A branch or a processor. @returns its first state */
  compileGraph(graph: StateGraph): CompiledState;
}

export type StateCompilers = {
  readonly [Type in StateType]: (state: Extract<State, { Type: Type }>, surroundings: StateSurroundings) => StateRun;
};
