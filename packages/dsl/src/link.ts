/** Steps become states: each learns its `Next`, and the detours that a Choice or a Catch opens rejoin the chain. */
import type { JsonObject, JsonValue, StateType } from "@stepwright/asl";
import type { CallSite } from "./call-site.ts";
import type { Detour, Graph, Step } from "./step.ts";

/** Told where what was written; `location` as AWS prints it: `/States/Train/Branches[0]/States/Fit`. */
export interface Notes {
  readonly state: (step: Step, location: string) => void;
  /** Of a rule, a Catcher or a transition. */
  readonly part: (callSite: CallSite, location: string) => void;
}

/** `StartAt` and `States`; a graph without states keeps its empty `States`, which the validator reports. */
export function linkGraph(graph: Graph, location: string, notes: Notes): JsonObject {
  const states = linkSteps(graph, undefined, `${location}/States`, notes);
  return { StartAt: entryOf(graph, undefined) ?? "", States: Object.fromEntries(states) };
}

type NamedState = readonly [name: string, state: JsonObject];

function linkSteps(graph: Graph, following: string | undefined, location: string, notes: Notes): NamedState[] {
  return graph.steps.flatMap((step, index) => {
    const next = graph.steps[index + 1]?.name ?? exitOf(graph, following);
    notes.state(step, `${location}/${step.name}`);
    notePartsOf(step, index === graph.steps.length - 1 ? graph : undefined, `${location}/${step.name}`, notes);
    const state: NamedState = [step.name, linkStep(step, next, `${location}/${step.name}`, notes)];
    const detours = [...(step.choices ?? []), ...(step.otherwise ? [step.otherwise] : []), ...(step.catchers ?? [])];
    return [state, ...detours.flatMap((detour) => linkSteps(detour, next, location, notes))];
  });
}

/** @param ending  the graph, if the step is its last */
function notePartsOf(step: Step, ending: Graph | undefined, location: string, { part }: Notes): void {
  const { choices = [], catchers = [], otherwise } = step;
  choices.forEach((way, index) => noteWay(way, `${location}/Choices[${index}]`));
  catchers.forEach((way, index) => noteWay(way, `${location}/Catch[${index}]`));
  if (otherwise !== undefined) part(otherwise.jumpSite ?? otherwise.callSite, `${location}/Default`);
  if (ending?.jumpSite !== undefined) part(ending.jumpSite, `${location}/Next`);

  function noteWay({ callSite, steps, jumpSite }: Detour, place: string): void {
    part(callSite, place);
    if (steps.length === 0 && jumpSite !== undefined) part(jumpSite, `${place}/Next`);
  }
}

function linkStep(step: Step, next: string | undefined, location: string, notes: Notes): JsonObject {
  const state: Record<string, JsonValue> = { Type: step.type, ...step.fields };
  if (step.branches) {
    const besides = (state["Branches"] as readonly JsonObject[] | undefined) ?? [];
    state["Branches"] = step.branches.map((branch, index) => ({
      ...besides[index],
      ...linkGraph(branch, `${location}/Branches[${index}]`, notes),
    }));
  }
  if (step.processor) {
    const field = Object.hasOwn(state, "Iterator") ? "Iterator" : "ItemProcessor";
    state[field] = {
      ...((state[field] as JsonObject | undefined) ?? step.processor.fields),
      ...linkGraph(step.processor, `${location}/${field}`, notes),
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
