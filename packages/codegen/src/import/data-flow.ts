/** Fields that send, shape, place and assign data, as options. What has no option stays among the ASL fields. */
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { isJsonObject } from "@stepwright/asl";
import type { Code } from "./code.ts";
import { objectLiteral } from "./code.ts";
import { expressIntrinsic } from "./express-intrinsic.ts";
import { callback, expressTemplate, literal } from "./expressions.ts";
import type { Place, Wanted } from "./place.ts";
import { unknownPlace } from "./place.ts";
import type { Readable } from "./references.ts";
import { expressJsonata, expressPath } from "./references.ts";
import type { Flowing, ImportContext, Options, StepInput } from "./step-options.ts";
import { shaping } from "./step-options.ts";

/** What the work is sent. @returns `undefined` when it is the whole input */
export function importParameters({ fields, from, context, options, foreign }: StepInput): Place | undefined {
  const { language, use } = context;
  const field = language === "JSONPath" ? "Parameters" : "Arguments";
  const template = fields[field];
  const inputPath = fields["InputPath"];
  if (foreign) return unknownPlace;
  if (template !== undefined && (language === "JSONata" || isJsonObject(template))) {
    const resource = fields["Resource"];
    const readable: Readable = {
      input: inputPath === undefined ? from.place : unknownPlace,
      vars: from.vars,
      hasToken: typeof resource === "string" && resource.endsWith(".waitForTaskToken"),
    };
    const expressed = expressTemplate(template, language, readable, use);
    options.members.push([field.toLowerCase(), callback(expressed.code)]);
    options.rest.delete(field);
    return expressed.place;
  }
  if (
    template === undefined &&
    typeof inputPath === "string" &&
    language === "JSONPath" &&
    fields["Result"] === undefined
  ) {
    const expressed = expressPath(inputPath, { input: from.place, vars: from.vars }, use);
    if (expressed !== undefined) {
      options.members.push(["parameters", callback(expressed.code)]);
      options.rest.delete("InputPath");
      return expressed.place;
    }
  }
  return template === undefined && inputPath === undefined ? undefined : unknownPlace;
}

/** The part of a state's output that goes on. To be called when all that makes the output is imported. */
export function importOutputPath({ fields, context, options, foreign }: StepInput, after: Flowing): Flowing {
  const path = fields["OutputPath"];
  if (typeof path !== "string" || foreign || context.language === "JSONata") return after;
  // What stays ASL makes another output than the types know of.
  const isKnown = ![...options.rest.keys()].some((field) => shaping.has(field) && field !== "OutputPath");
  const output = isKnown ? after.place : unknownPlace;
  const expressed = expressPath(path, { output, vars: after.vars }, context.use);
  if (expressed === undefined) return after;
  options.last.push(["outputPath", callback(expressed.code)]);
  options.rest.delete("OutputPath");
  return { ...after, place: expressed.place };
}

/** The role that a task is done with. */
export function importCredentials({ fields, from, context, options, foreign }: StepInput): void {
  const credentials = fields["Credentials"];
  if (foreign || !isJsonObject(credentials)) return;
  const [[key, value] = ["", null], ...others] = Object.entries(credentials);
  if (others.length > 0 || typeof value !== "string") return;
  const readable: Readable = { input: Object.hasOwn(fields, "InputPath") ? unknownPlace : from.place, vars: from.vars };
  const isExpression = context.language === "JSONata" && value.startsWith("{%");
  const expressed =
    key === "RoleArn.$" && context.language === "JSONPath"
      ? expressPath(value, readable, context.use, "string")
      : key === "RoleArn" && isExpression
        ? expressJsonata(value, readable, context.use, "string")
        : undefined;
  const code = expressed === undefined ? literal(value) : callback(expressed.code);
  if (expressed === undefined && (key !== "RoleArn" || isExpression)) return;
  options.members.push(["credentials", objectLiteral([["roleArn", code]])]);
  options.rest.delete("Credentials");
}

/** From what the work gave to what goes on and what is assigned. */
export function importResult(input: StepInput, result: Place): Flowing {
  const { fields, from, context, options, foreign } = input;
  if (foreign) return { ...from, place: unknownPlace };
  if (context.language === "JSONata") return importOutput(input, result);
  const { rest, members } = options;
  let selected = result;
  const selector = fields["ResultSelector"];
  const readable: Readable = { result, vars: from.vars };
  if (isJsonObject(selector)) {
    const expressed = expressTemplate(selector, "JSONPath", readable, context.use);
    members.push(["resultSelector", callback(expressed.code)]);
    rest.delete("ResultSelector");
    selected = expressed.place;
  }
  const place = importResultPath(fields, from.place, selected, options);
  return { place, vars: importAssign(fields, readable, from.vars, options, context) };
}

export function importResultPath(fields: JsonObject, input: Place, result: Place, { rest, members }: Options): Place {
  const path = fields["ResultPath"];
  if (path === undefined) return result;
  if (!readableResultPath(path)) return unknownPlace;
  members.push(["resultPath", JSON.stringify(path)]);
  rest.delete("ResultPath");
  if (path === null) return input;
  return path
    .split(".")
    .slice(1)
    .reduceRight<Place>((value, key, depth) => {
      return depth === 0
        ? { kind: "with", base: input, key, value }
        : { kind: "object", members: new Map([[key, value]]) };
    }, result);
}

/** Whether the builder's `resultPath` takes it. */
export function readableResultPath(path: JsonValue | undefined): path is string | null {
  return path === null || (typeof path === "string" && /^\$(?:\.[A-Za-z_][A-Za-z0-9_]*)*$/.test(path));
}

export function importAssign(
  fields: JsonObject,
  readable: Readable,
  vars: ReadonlyMap<string, Place>,
  { rest, members }: Options,
  { language, use }: ImportContext,
): ReadonlyMap<string, Place> {
  const assign = fields["Assign"];
  if (!isJsonObject(assign)) return vars;
  const expressed = expressTemplate(assign, language, readable, use);
  members.push(["assign", callback(expressed.code)]);
  rest.delete("Assign");
  return expressed.place.kind === "object" ? new Map([...vars, ...expressed.place.members]) : vars;
}

/** JSONata's `Output` and `Assign`, which see the input beside the result. */
export function importOutput(input: StepInput, result: Place): Flowing {
  const { step, fields, from, context, options } = input;
  const hasResult = step.state["Type"] !== "Pass" && step.state["Type"] !== "Succeed";
  const readable: Readable = { input: from.place, vars: from.vars, ...(hasResult ? { result } : {}) };
  const output = fields["Output"];
  let place = result;
  if (output !== undefined) {
    const expressed = expressTemplate(output, "JSONata", readable, context.use);
    options.members.push(["output", callback(expressed.code)]);
    options.rest.delete("Output");
    place = expressed.place;
  }
  return { place, vars: importAssign(fields, readable, from.vars, options, context) };
}

/** A literal, or in JSONPath the field's `…Path` form. @returns whether the option was written */
export function importNumber(input: StepInput, option: string, field: string, wanted: Wanted): boolean {
  const { fields, from, context, options, foreign } = input;
  const value = fields[field];
  const path = fields[`${field}Path`];
  if (foreign) return false;
  const readable: Readable = { input: Object.hasOwn(fields, "InputPath") ? unknownPlace : from.place, vars: from.vars };
  if (
    typeof value === wanted &&
    !(context.language === "JSONata" && typeof value === "string" && value.startsWith("{%"))
  ) {
    options.members.push([option, literal(value as JsonValue)]);
    options.rest.delete(field);
    return true;
  }
  const expressed =
    context.language === "JSONata"
      ? typeof value === "string"
        ? expressJsonata(value, readable, context.use, wanted)
        : undefined
      : typeof path === "string"
        ? (expressPath(path, readable, context.use, wanted) ??
          (wanted === "string" ? expressIntrinsic(path, readable, context.use) : undefined))
        : undefined;
  if (expressed === undefined) return false;
  options.members.push([option, callback(expressed.code)]);
  options.rest.delete(context.language === "JSONata" ? field : `${field}Path`);
  return true;
}

export function importItems({ fields, from, context, options }: StepInput): { code: Code; place: Place } | undefined {
  const { language, use } = context;
  const field = language === "JSONPath" ? "ItemsPath" : "Items";
  const items = fields[field];
  const readable: Readable = { input: Object.hasOwn(fields, "InputPath") ? unknownPlace : from.place, vars: from.vars };
  if (items === undefined) {
    const path = language === "JSONPath" && fields["ItemReader"] === undefined ? "$" : undefined;
    const whole = path && expressPath(path, readable, use, "array");
    return whole ? { code: callback(whole.code), place: whole.place } : undefined;
  }
  // The builder leaves `$` away, as it is the default.
  if (typeof items !== "string" || items === "$" || items === "{% $states.input %}") return undefined;
  const expressed =
    language === "JSONPath"
      ? expressPath(items, readable, use, "array")
      : expressJsonata(items, readable, use, "array");
  if (expressed === undefined) return undefined;
  options.rest.delete(field);
  return { code: callback(expressed.code), place: expressed.place };
}
