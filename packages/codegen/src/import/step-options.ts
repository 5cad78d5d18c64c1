/** What the import of one state has in its hands: what is known where it begins, and its options in the making. */
import type { JsonObject, JsonValue, QueryLanguage } from "@stepwright/asl";
import type { Code } from "./code.ts";
import { objectLiteral } from "./code.ts";
import { literal } from "./expressions.ts";
import type { ContractRegistry } from "./imported-contracts.ts";
import type { Place } from "./place.ts";
import { joinOf, unknownPlace } from "./place.ts";
import type { UseWord } from "./references.ts";
import type { WrittenStep } from "./written-graph.ts";

/** What is known where a state begins. */
export interface Flowing {
  readonly place: Place;
  readonly vars: ReadonlyMap<string, Place>;
}

export interface ImportContext {
  readonly language: QueryLanguage;
  readonly contracts: ContractRegistry;
  readonly use: UseWord;
  /** The code of a Retry list, or the name of the constant that holds it. */
  readonly shareRetry: (retry: JsonValue, code: Code) => Code;
  readonly useFragment: UseFragment;
  /** Of the graph that the chain belongs to. */
  readonly location: string;
}

export interface ImportedChain {
  readonly calls: readonly Code[];
  /** `undefined` behind a chain that nothing can follow. */
  readonly flowing: Flowing | undefined;
}

/** @returns `undefined` for a step that begins no fragment, or one that does not fit here */
export type UseFragment = (
  step: WrittenStep,
  from: Flowing,
  importSteps: (steps: readonly WrittenStep[], from: Flowing) => ImportedChain,
) => ImportedSteps | undefined;

/** Several steps that became one call. */
export interface ImportedSteps {
  readonly code: Code;
  readonly flowing: Flowing | undefined;
  /** How many steps it stands for. */
  readonly length: number;
}

/** Options of one state's call, in the making. */
export interface Options {
  /** Fields that no option has said yet. */
  readonly rest: Map<string, JsonValue>;
  readonly members: [option: string, value: Code][];
  /** Options that read what the others make. */
  readonly last: [option: string, value: Code][];
}

export interface StepInput {
  readonly step: WrittenStep;
  /** The state's, without those that every state has. */
  readonly fields: JsonObject;
  readonly from: Flowing;
  readonly context: ImportContext;
  readonly options: Options;
  /** The state has another query language than those around it, and cannot be written in it: everything stays ASL. */
  readonly foreign: boolean;
}

export function createOptions(fields: JsonObject): Options {
  return { rest: new Map(Object.entries(fields)), members: [], last: [] };
}

/** What goes on, given the fields that had no option. */
export function afterAsl(after: Flowing, { rest }: Options): Flowing {
  return [...rest.keys()].some((field) => shaping.has(field)) ? { ...after, place: unknownPlace } : after;
}

/** Fields that decide what goes on. */
export const shaping: ReadonlySet<string> = new Set([
  "InputPath",
  "OutputPath",
  "Parameters",
  "Arguments",
  "Output",
  "ResultSelector",
  "ResultPath",
  "Result",
  "QueryLanguage",
]);

export function optionsLiteral({ members, last, rest }: Options): Code | undefined {
  const all: [string, Code][] = [...members, ...last];
  if (rest.size > 0) all.push(["asl", literal(Object.fromEntries(rest))]);
  return all.length === 0 ? undefined : objectLiteral(all);
}

export function joined(ways: readonly Flowing[]): Flowing {
  const [first, ...others] = ways;
  if (first === undefined || others.length === 0) return first ?? { place: unknownPlace, vars: new Map() };
  const names = [...first.vars.keys()].filter((name) => others.every(({ vars }) => vars.has(name)));
  return {
    place: joinOf(ways.map(({ place }) => place)),
    vars: new Map(names.map((name) => [name, joinOf(ways.map(({ vars }) => vars.get(name) ?? unknownPlace))])),
  };
}
