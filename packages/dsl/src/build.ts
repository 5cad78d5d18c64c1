/** A flow becomes a definition: steps are linked, places are noted, substitutions are collected. */
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { validateDefinition } from "@stepwright/asl";
import type { Diagnostic, SourceLocation, StateMachineDefinition } from "@stepwright/asl";
import { locateCallSite } from "./call-site.ts";
import type { CallSite } from "./call-site.ts";
import { linkGraph } from "./link.ts";
import { FlowBuilder } from "./flow-builder.ts";
import type { AnyOutcome } from "./outcome.ts";
import type { Step } from "./step.ts";
import type { AnyTaskContract } from "./task.ts";

/** What the rest of Stepwright needs of a flow. */
export interface Machine {
  readonly name: string;
  /** The schema of the execution's input; absent when the machine was opened with a plain type. */
  readonly input: StandardSchemaV1 | undefined;
  readonly definition: StateMachineDefinition;
  /** From a state's place in the definition (`/States/Train`) to where the author wrote it. */
  readonly sourceMap: ReadonlyMap<string, SourceLocation>;
  readonly tasks: readonly MachineTask[];
  /** What AWS would say of the definition, each with the line that wrote it; empty when nothing is wrong. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A Task state that invokes the function of a contract. */
export interface MachineTask {
  readonly stateName: string;
  /** As AWS prints it: `/States/Train/ItemProcessor/States/Fit`. */
  readonly location: string;
  readonly contract: AnyTaskContract;
}

/** Whether a module's export is something that `build` takes. */
export function isFlow(value: unknown): value is FlowBuilder {
  return value instanceof FlowBuilder;
}

/** @throws TypeError when `flow` did not come from `machine(…)` */
export function build(flow: AnyOutcome): Machine {
  if (!isFlow(flow)) throw new TypeError(`found ${typeof flow}, wanted a flow that began with machine(…)`);
  const sourceMap = new Map<string, SourceLocation>();
  const tasks: MachineTask[] = [];
  const duplicates: Diagnostic[] = [];
  const locations = new Set<string>();
  const places = new Map<string, SourceLocation>();
  const notePart = (callSite: CallSite, location: string) => {
    const source = locateCallSite(callSite);
    if (source !== undefined) places.set(location, source);
    return source;
  };
  const noteState = (step: Step, location: string) => {
    // Of two states with one name an object keeps the last, so the validator could not see the other.
    if (locations.has(location)) duplicates.push(duplicateOf(step, location));
    locations.add(location);
    const source = notePart(step.callSite, location);
    if (source !== undefined) sourceMap.set(location, source);
    if (step.contract !== undefined) tasks.push({ stateName: step.name, location, contract: step.contract });
  };
  notePart(flow.head.callSite, "");
  const { queryLanguage, fields } = flow.head;
  const definition: object = {
    ...(queryLanguage === "JSONPath" ? {} : { QueryLanguage: queryLanguage }),
    ...fields,
    ...linkGraph(flow, "", { state: noteState, part: notePart }),
  };
  const { name, input } = flow.head;
  const found = validateDefinition(definition).map((diagnostic) => withSource(diagnostic, places));
  const diagnostics = [...duplicates, ...found];
  return { name, input, definition: definition as StateMachineDefinition, sourceMap, tasks, diagnostics };
}

function duplicateOf({ name, callSite }: Step, location: string): Diagnostic {
  const source = locateCallSite(callSite);
  return {
    severity: "ERROR",
    code: "DUPLICATE_STATE_NAME",
    message: `Duplicate State name: ${name}`,
    location,
    ...(source === undefined ? {} : { source }),
  };
}

/** The line of the innermost place around the diagnostic's: `/States/Train/Retry[0]` lies in `/States/Train`. */
function withSource(diagnostic: Diagnostic, places: ReadonlyMap<string, SourceLocation>): Diagnostic {
  const { location = "" } = diagnostic;
  let innermost = "";
  for (const place of places.keys()) {
    const contains = location === place || location.startsWith(`${place}/`) || location.startsWith(`${place}[`);
    if (contains && place.length > innermost.length) innermost = place;
  }
  const source = places.get(innermost);
  return source === undefined ? diagnostic : { ...diagnostic, source };
}
