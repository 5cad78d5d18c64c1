/** Steps become states: each learns its `Next`, and the detours that a Choice or a Catch opens rejoin the chain. */
import type { JsonObject, JsonValue, StateType } from "@stepwright/asl";
import type { Detour, Graph, Step } from "./step.ts";

/** Told of every state; `location` as AWS prints it: `/States/Train/Branches[0]/States/Fit`. */
export type NoteState = (step: Step, location: string) => void;

/** `StartAt` and `States`; a graph without states keeps its empty `States`, which the validator reports. */
export function linkGraph(graph: Graph, location: string, note: NoteState): JsonObject {
  const states = linkSteps(graph, undefined, `${location}/States`, note);
  return { StartAt: entryOf(graph, undefined) ?? "", States: Object.fromEntries(states) };
}

type NamedState = readonly [name: string, state: JsonObject];

function linkSteps(graph: Graph, following: string | undefined, location: string, note: NoteState): NamedState[] {
  return graph.steps.flatMap((step, index) => {
    const next = graph.steps[index + 1]?.name ?? exitOf(graph, following);
    note(step, `${location}/${step.name}`);
    const state: NamedState = [step.name, linkStep(step, next, `${location}/${step.name}`, note)];
    const detours = [...(step.choices ?? []), ...(step.otherwise ? [step.otherwise] : []), ...(step.catchers ?? [])];
    return [state, ...detours.flatMap((detour) => linkSteps(detour, next, location, note))];
  });
}

function linkStep(step: Step, next: string | undefined, location: string, note: NoteState): JsonObject {
  const state: Record<string, JsonValue> = { Type: step.type, ...step.fields };
  if (step.branches) {
    state["Branches"] = step.branches.map((branch, index) => linkGraph(branch, `${location}/Branches[${index}]`, note));
  }
  if (step.processor) {
    const field = Object.hasOwn(state, "Iterator") ? "Iterator" : "ItemProcessor";
    state[field] = {
      ...((state[field] as JsonObject | undefined) ?? step.processor.fields),
      ...linkGraph(step.processor, `${location}/${field}`, note),
    };
  }
  if (step.catchers) state["Catch"] = step.catchers.map((catcher) => linkDetour(catcher, next));
  if (step.choices) {
    state["Choices"] = step.choices.map((choice) => linkDetour(choice, next));
    if (step.exhaustive) return state;
    // Without a target the state would fail where the author meant to go on: the validator reports the empty one.
    state["Default"] = (step.otherwise ? entryOf(step.otherwise, next) : next) ?? "";
    return state;
  }
  if (withoutTransition.has(step.type)) return state;
  return next === undefined ? { ...state, End: true } : { ...state, Next: next };
}

/** Types without `Next` and `End`: a Choice written as ASL names its own targets. */
const withoutTransition: ReadonlySet<StateType> = new Set(["Choice", "Succeed", "Fail"]);

/** A detour without states and with nothing behind it leads nowhere: its empty `Next` is the validator's to report. */
function linkDetour(detour: Detour, next: string | undefined): JsonObject {
  return { ...detour.fields, Next: entryOf(detour, next) ?? "" };
}

function entryOf(graph: Graph, following: string | undefined): string | undefined {
  return graph.steps[0]?.name ?? exitOf(graph, following);
}

/** What follows the last step; nothing where the graph ends. */
function exitOf({ jumpTo }: Graph, following: string | undefined): string | undefined {
  return jumpTo === undefined ? following : (jumpTo ?? undefined);
}
