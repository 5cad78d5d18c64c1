/** A definition turned into closures, once: afterwards a state is run without looking at its definition. */
import type { QueryLanguage, State, StateGraph, StateMachineDefinition, StateType } from "@stepwright/asl";
import type { HistoryEventType } from "../history/event-type.ts";
import type { CompiledState } from "./thread.ts";
import { languageOf } from "./language.ts";
import type { Language } from "./language.ts";
import type { StateCompilers, StateRun, StateSurroundings } from "./state-compiler.ts";
import { compileChoice } from "./states/choice.ts";
import { compileFail } from "./states/fail.ts";
import { compileMap } from "./states/map.ts";
import { compileParallel } from "./states/parallel.ts";
import { compilePass } from "./states/pass.ts";
import { compileSucceed } from "./states/succeed.ts";
import { compileTask } from "./states/task.ts";
import { compileWait } from "./states/wait.ts";

/** Made by `compileMachine`, run any number of times. */
export interface CompiledMachine {
  readonly definition: StateMachineDefinition;
  /** @internal */
  readonly startAt: CompiledState;
  readonly timeoutSeconds: number | undefined;
}

const compilers: StateCompilers = {
  Task: compileTask,
  Parallel: compileParallel,
  Map: compileMap,
  Pass: compilePass,
  Wait: compileWait,
  Choice: compileChoice,
  Succeed: compileSucceed,
  Fail: compileFail,
};

/**
 * @param definition a valid one, its substitutions filled
 * @throws Error for what cannot run at all: a path that is none, a `Next` that leads nowhere. It names the state;
 *   the validator says more.
 */
export function compileMachine(definition: StateMachineDefinition): CompiledMachine {
  return {
    definition,
    startAt: compileGraph(definition, definition.QueryLanguage ?? "JSONPath"),
    timeoutSeconds: definition.TimeoutSeconds,
  };
}

/** `run` comes last, because it can lead back to the state itself. */
type StateUnderConstruction = { -readonly [Key in keyof CompiledState]: CompiledState[Key] };

function compileGraph(graph: StateGraph, machineLanguage: QueryLanguage): CompiledState {
  const states = new Map<string, StateUnderConstruction>();
  for (const [name, state] of Object.entries(graph.States)) states.set(name, announce(name, state));
  const target = (from: string, name: string): CompiledState => {
    const found = states.get(name);
    if (found === undefined) {
      throw new Error(
        `${from} names the state ${JSON.stringify(name)}; wanted one of ${[...states.keys()].join(", ")}.`,
      );
    }
    return found;
  };
  for (const [name, state] of Object.entries(graph.States)) {
    const language = languageOf(state, machineLanguage);
    const compiled = states.get(name)!;
    const targetOf = (next: string) => target(`State "${name}"`, next);
    const next = "Next" in state && state.Next !== undefined ? targetOf(state.Next) : undefined;
    const compile = compilers[state.Type] as (state: State, surroundings: StateSurroundings) => StateRun;
    compiled.run = compile(state, {
      name,
      language,
      next,
      target: targetOf,
      compileGraph: (inner) => compileGraph(inner, machineLanguage),
    });
    compiled.catchers = compileCatchers(state, language, targetOf);
  }
  return target("StartAt", graph.StartAt);
}

function announce(name: string, state: State): StateUnderConstruction {
  const type = state.Type;
  return {
    name,
    type,
    enteredType: `${type}StateEntered`,
    exitedType: type === "Fail" ? undefined : `${type}StateExited`,
    failedType: type === "Map" || type === "Parallel" ? `${type}StateFailed` : undefined,
    abortedType: abortedTypes[type],
    retriers: "Retry" in state ? (state.Retry ?? []) : [],
    catchers: [],
    run: notCompiled,
  };
}

const abortedTypes: Readonly<Partial<Record<StateType, HistoryEventType>>> = {
  Task: "TaskStateAborted",
  Wait: "WaitStateAborted",
  Map: "MapStateAborted",
  Parallel: "ParallelStateAborted",
};

function notCompiled(): never {
  throw new Error("A state ran before it was compiled");
}

function compileCatchers(
  state: State,
  language: Language,
  targetOf: (name: string) => CompiledState,
): CompiledState["catchers"] {
  if (!("Catch" in state)) return [];
  return (state.Catch ?? []).map((catcher, position) => {
    const complete = language.completeCatch(catcher, position);
    const next = targetOf(catcher.Next);
    return {
      errorEquals: catcher.ErrorEquals,
      run: (execution, thread, errorOutput) => complete(execution, thread, errorOutput, next),
    };
  });
}
