/** Choices: each rule as a condition, what it assigns and gives besides, and the way that it opens. */
import type { JsonObject } from "@stepwright/asl";
import type { Code } from "./code.ts";
import { call, chain, sequence } from "./code.ts";
import { importAssign } from "./data-flow.ts";
import { callback, expressRule, expressTemplate, literal } from "./expressions.ts";
import { unknownPlace } from "./place.ts";
import type { Readable } from "./references.ts";
import type { Flowing, Options, StepInput } from "./step-options.ts";
import { createOptions, joined, optionsLiteral, shaping } from "./step-options.ts";
import type { WrittenChain } from "./written-graph.ts";

export interface ImportedChoice {
  readonly code: (options: Code | undefined) => Code;
  /** `undefined` when no way rejoins. */
  readonly after: Flowing | undefined;
}

export interface ImportedWay {
  /** As a function from flow to flow. */
  readonly code: Code;
  readonly flowing: Flowing | undefined;
}

export type ImportWay = (way: WrittenChain, from: Flowing) => ImportedWay;

export function importChoice(input: StepInput, importWay: ImportWay): ImportedChoice {
  const { step, from, options, foreign } = input;
  options.rest.delete("Choices");
  options.rest.delete("Default");
  const filtered = foreign || [...options.rest.keys()].some((field) => shaping.has(field) || field === "Assign");
  const start = filtered ? { ...from, place: unknownPlace } : from;
  const rules = step.choices.map(({ fields, chain: way }) => importRule(fields, way, start, input, importWay));
  const otherwise = typeof step.otherwise === "object" ? importWay(step.otherwise, start) : undefined;
  const last =
    otherwise === undefined
      ? step.otherwise === "none"
        ? [".exhaustive()"]
        : []
      : [call(".otherwise", [otherwise.code])];
  const ends = [...rules.map(({ flowing }) => flowing), step.otherwise === undefined ? start : otherwise?.flowing];
  const live = ends.filter((end) => end !== undefined);
  const ways = chain("choose", [...rules.map(({ code }) => code), ...last]);
  const parts = [JSON.stringify(step.name), sequence("(choose) => ", ways)];
  return {
    code: (written) => call(".choice", written === undefined ? parts : [...parts, written]),
    after: live.length === 0 ? undefined : joined(live),
  };
}

/** One call on `choose`. */
function importRule(
  { Next: _next, ...rule }: JsonObject,
  way: WrittenChain,
  from: Flowing,
  input: StepInput,
  importWay: ImportWay,
): ImportedWay {
  const { fields, context, foreign } = input;
  if (foreign) {
    context.use("aslRule");
    const { code, flowing } = importWay(way, from);
    return { code: call(".when", [callback(call("aslRule", [literal(rule)])), code]), flowing };
  }
  const readable: Readable = {
    input: Object.hasOwn(fields, "InputPath") ? unknownPlace : input.from.place,
    vars: input.from.vars,
  };
  const { Comment: comment, Assign: assign, Output: output, ...condition } = rule;
  const when = callback(expressRule(condition, context.language, readable, context.use));
  const besides = Object.entries({ Comment: comment, Assign: assign, Output: output }).filter(
    ([, value]) => value !== undefined,
  );
  if (besides.length === 0) {
    const { code, flowing } = importWay(way, from);
    return { code: call(".when", [when, code]), flowing };
  }
  const taken = Object.fromEntries(besides) as JsonObject;
  const options = createOptions(taken);
  if (typeof comment === "string") {
    options.members.push(["comment", JSON.stringify(comment)]);
    options.rest.delete("Comment");
  }
  const { code, flowing } = importWay(way, importTaken(taken, readable, from, options, input));
  return { code: call(".whenWith", [when, optionsLiteral(options) ?? "{}", code]), flowing };
}

/** What a taken rule assigns and gives. */
function importTaken(
  taken: JsonObject,
  readable: Readable,
  from: Flowing,
  options: Options,
  { context }: StepInput,
): Flowing {
  const vars = () => importAssign(taken, readable, from.vars, options, context);
  const output = taken["Output"];
  if (output === undefined) return { place: from.place, vars: vars() };
  if (context.language === "JSONPath") return { place: unknownPlace, vars: vars() };
  const expressed = expressTemplate(output, "JSONata", readable, context.use);
  options.members.push(["output", callback(expressed.code)]);
  options.rest.delete("Output");
  return { place: expressed.place, vars: vars() };
}
