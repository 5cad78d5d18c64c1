/** A written chain as calls on a flow: one entry per state type, in a table. */
import type { JsonObject, StateType } from "@stepwright/asl";
import { isJsonArray, isStateType } from "@stepwright/asl";
import type { Code } from "./code.ts";
import { call, chain, list, sequence } from "./code.ts";
import {
  importAssign,
  importCredentials,
  importNumber,
  importOutput,
  importOutputPath,
  importParameters,
  importResult,
  importResultPath,
} from "./data-flow.ts";
import { callback, expressTemplate, literal } from "./expressions.ts";
import { importChoice } from "./import-choice.ts";
import type { ImportedWay } from "./import-choice.ts";
import { importInvocation } from "./import-invoke.ts";
import { importMap } from "./import-map.ts";
import { importRetry, noteErrors } from "./import-retry.ts";
import type { ImportedContract } from "./imported-contracts.ts";
import { jsonataIsland } from "./jsonata-island.ts";
import type { Place } from "./place.ts";
import { placeOfLiteral, scalarPlace, unknownPlace } from "./place.ts";
import type { Readable } from "./references.ts";
import type { Flowing, ImportContext, ImportedChain, ImportedSteps, Options, StepInput } from "./step-options.ts";
import { afterAsl, createOptions, joined, optionsLiteral, shaping } from "./step-options.ts";
import type { WrittenChain, WrittenInnerGraph, WrittenStep } from "./written-graph.ts";
import { besidesStates, notImportable, objectsIn } from "./written-graph.ts";

export function importChain({ steps, exit }: WrittenChain, from: Flowing, context: ImportContext): ImportedChain {
  const calls: Code[] = [];
  let flowing: Flowing = from;
  let ended = false;
  for (let index = 0; index < steps.length;) {
    const step = steps[index] as WrittenStep;
    const several =
      context.useFragment(step, flowing, importSteps) ?? importIsland(jsonataIsland(steps, index), flowing, context);
    const imported = several ?? importStep(step, flowing, context);
    index += several?.length ?? 1;
    calls.push(imported.code);
    ended = imported.flowing === undefined;
    // Behind ways that all end, the builder's types know nothing.
    flowing = imported.flowing ?? { place: unknownPlace, vars: new Map() };
  }
  if (exit.kind === "jumps") {
    calls.push(call(exit.forward ? ".goForward" : ".goTo", [JSON.stringify(exit.to)]));
  }
  if (exit.kind === "ends" && exit.explicit) calls.push(".end()");
  return { calls, flowing: exit.kind === "falls" && !ended ? flowing : undefined };

  function importSteps(some: readonly WrittenStep[], start: Flowing): ImportedChain {
    return importChain({ steps: some, exit: { kind: "falls" } }, start, context);
  }
}

/** @returns nothing where everything is in the same language */
function importIsland(steps: readonly WrittenStep[], from: Flowing, context: ImportContext): ImportedSteps | undefined {
  if (context.language === "JSONata" || steps.length === 0) return undefined;
  const { code, flowing } = importWay({ steps, exit: { kind: "falls" } }, from, { ...context, language: "JSONata" });
  return { code: call(".inJsonata", [code]), flowing, length: steps.length };
}

interface ImportedStep {
  readonly code: Code;
  readonly flowing: Flowing | undefined;
}

function importStep(step: WrittenStep, from: Flowing, context: ImportContext): ImportedStep {
  const type = step.state["Type"];
  if (!isStateType(type)) return importUntypedState(step, from, context);
  const { Type: _type, Next: _next, End: _end, Catch: caught, Retry: retry, Comment: comment, ...fields } = step.state;
  const options = createOptions(fields);
  if (typeof comment === "string") options.members.push(["comment", JSON.stringify(comment)]);
  else if (comment !== undefined) options.rest.set("Comment", comment);
  const foreign = fields["QueryLanguage"] !== undefined && fields["QueryLanguage"] !== context.language;
  const result = importers[type]({ step, fields, from, context, options, foreign });
  if (retry !== undefined) importRetry(retry, result.contract, options, context);
  const handled =
    isJsonArray(caught) && caught.length > 0
      ? importCatchers(step, from, result.contract, options, context, foreign)
      : [];
  if (isJsonArray(caught) && caught.length === 0) options.rest.set("Catch", caught);
  const after = result.after && afterAsl(result.after, options);
  const ways = [after, ...handled].filter((way) => way !== undefined);
  return { code: result.code(optionsLiteral(options)), flowing: ways.length === 0 ? undefined : joined(ways) };
}

/** A placeholder stands where the type should: nobody knows what the state does. */
function importUntypedState(
  { name, state }: WrittenStep,
  from: Flowing,
  { use, location }: ImportContext,
): ImportedStep {
  const { Next: _next, End: _end, ...fields } = state;
  if (typeof state["Type"] !== "string" || !state["Type"].includes("${")) {
    throw notImportable(
      `found Type ${JSON.stringify(state["Type"])} in ${location}/States/${name}, wanted a state's type`,
    );
  }
  use("plain");
  return {
    code: method("state", [JSON.stringify(name), sequence(literal(fields), " as never"), "plain<unknown>()"]),
    flowing: { ...from, place: unknownPlace },
  };
}

interface StepOutput {
  readonly code: (options: Code | undefined) => Code;
  readonly after: Flowing | undefined;
  readonly contract?: ImportedContract;
}

const importers: { readonly [Type in StateType]: (input: StepInput) => StepOutput } = {
  Task(input) {
    const { step, fields, options, context } = input;
    const name = JSON.stringify(step.name);
    const invocation = importInvocation(input);
    importNumber(input, "timeoutSeconds", "TimeoutSeconds", "number");
    importNumber(input, "heartbeatSeconds", "HeartbeatSeconds", "number");
    importCredentials(input);
    if (invocation !== undefined) {
      return { ...invocation, code: (rest) => method("invoke", [name, invocation.contract.identifier, rest]) };
    }
    const contract = context.contracts.contractOf(step.state, step.name);
    if (contract.resource !== undefined) options.members.push(["resource", JSON.stringify(contract.resource)]);
    // A CloudFormation function in its place stays ASL.
    if (typeof fields["Resource"] === "string") options.rest.delete("Resource");
    const sent = importParameters(input);
    contract.inputs.push(sent);
    const after = importOutputPath(input, importResult(input, contract.output));
    return { code: (rest) => method("task", [name, contract.identifier, rest]), after, contract };
  },

  Parallel(input) {
    const { step, fields, from } = input;
    const sent = importParameters(input) ?? (Object.hasOwn(fields, "InputPath") ? unknownPlace : from.place);
    const start = input.foreign ? unknownPlace : sent;
    const branches = step.graphs.map((graph) => importGraph(graph, "branch", { place: start, vars: from.vars }, input));
    const besides = objectsIn(fields["Branches"]).map(besidesStates);
    if (besides.some((each) => Object.keys(each).length > 0)) input.options.rest.set("Branches", besides);
    else input.options.rest.delete("Branches");
    const after = importResult(input, { kind: "array" });
    return { code: (rest) => method("parallel", [JSON.stringify(step.name), list("[", branches, "]"), rest]), after };
  },

  Map: (input) => importMap(input, (parameter, start) => importGraph(input.step.graphs[0], parameter, start, input)),

  Pass(input) {
    const { step, fields, from, context, options, foreign } = input;
    const { rest } = options;
    let place = from.place;
    if (!foreign && context.language === "JSONata") return { ...passOf(step), after: importOutput(input, place) };
    if (!foreign) {
      const sent = importParameters(input);
      if (sent !== undefined) place = sent;
      const result = fields["Result"];
      if (result !== undefined) {
        options.members.push(["result", literal(result)]);
        rest.delete("Result");
        place = placeOfLiteral(result);
      }
    }
    return { ...passOf(step), after: importOutputPath(input, importResult(input, place)) };
  },

  Wait(input) {
    const { step, from, options, context, foreign } = input;
    const name = JSON.stringify(step.name);
    const known =
      importNumber(input, "seconds", "Seconds", "number") || importNumber(input, "timestamp", "Timestamp", "string");
    if (known) return { code: (rest) => method("wait", [name, rest]), after: from };
    // The builder's Wait wants one of the two.
    const { Next: _next, End: _end, ...state } = step.state;
    options.rest.clear();
    options.members.length = 0;
    context.use("plain");
    const lost = Object.keys(state).some((field) => shaping.has(field));
    // A placeholder stands where the types want a number.
    const isFilled = typeof state["Seconds"] === "string" && !foreign && context.language === "JSONPath";
    const written = isFilled ? sequence(literal(state), " as never") : literal(state);
    return {
      code: () => method("state", [name, written, ...(lost ? ["plain<unknown>()"] : [])]),
      after: lost ? { ...from, place: unknownPlace } : from,
    };
  },

  Choice: (input) => importChoice(input, (way, start) => importWay(way, start, input.context)),

  Succeed(input) {
    const { step, context, foreign } = input;
    if (!foreign && context.language === "JSONata") importOutput(input, unknownPlace);
    return { code: (rest) => method("succeed", [JSON.stringify(step.name), rest]), after: undefined };
  },

  Fail(input) {
    importNumber(input, "error", "Error", "string");
    importNumber(input, "cause", "Cause", "string");
    return { code: (rest) => method("fail", [JSON.stringify(input.step.name), rest]), after: undefined };
  },
};

function passOf(step: WrittenStep): Pick<StepOutput, "code"> {
  return { code: (rest) => method("pass", [JSON.stringify(step.name), rest]) };
}

function method(name: string, items: readonly (Code | undefined)[]): Code {
  return call(
    `.${name}`,
    items.filter((item) => item !== undefined),
  );
}

function importWay(way: WrittenChain, from: Flowing, context: ImportContext): ImportedWay {
  const { calls, flowing } = importChain(way, from, context);
  return { code: sequence("(flow) => ", chain("flow", calls)), flowing };
}

/** A graph inside a state, as the function that the builder hands a flow. */
function importGraph(
  graph: WrittenInnerGraph | undefined,
  parameter: string,
  from: Flowing,
  { step, context }: StepInput,
): Code {
  if (graph === undefined) return `(${parameter}) => ${parameter}`;
  const location = `${context.location}/States/${step.name}/${graph.place}`;
  const { calls } = importChain(graph.chain, from, { ...context, location });
  return sequence(`(${parameter}) => `, chain(parameter, calls));
}

/** @returns what flows on from each handler that rejoins */
function importCatchers(
  step: WrittenStep,
  from: Flowing,
  contract: ImportedContract | undefined,
  options: Options,
  context: ImportContext,
  foreign: boolean,
): readonly (Flowing | undefined)[] {
  const ends: (Flowing | undefined)[] = [];
  const calls = step.catchers.map(({ fields, chain: handler }) => {
    noteErrors(fields, contract);
    const { ErrorEquals: errors, Next: _, Comment: comment, ...others } = fields;
    const caught = createOptions(others);
    if (typeof comment === "string") caught.members.push(["comment", JSON.stringify(comment)]);
    const start = foreign ? { ...from, place: unknownPlace } : importCaught(others, from, caught, context);
    const imported = importChain(handler, start, context);
    ends.push(imported.flowing);
    return call(".on", [
      literal(errors ?? []),
      optionsLiteral(caught) ?? "{}",
      sequence("(flow) => ", chain("flow", imported.calls)),
    ]);
  });
  options.members.push(["catch", sequence("(errors) => ", chain("errors", calls))]);
  return ends;
}

function importCaught(fields: JsonObject, from: Flowing, options: Options, context: ImportContext): Flowing {
  const error: Place = {
    kind: "object",
    members: new Map(["Error", "Cause"].map((key) => [key, scalarPlace("string")])),
  };
  const readable: Readable = { errorOutput: error, vars: from.vars };
  if (context.language === "JSONPath") {
    const placed = importResultPath(fields, from.place, error, options);
    const vars = importAssign(fields, readable, from.vars, options, context);
    return { place: options.rest.has("ResultPath") ? unknownPlace : placed, vars };
  }
  const both: Readable = { ...readable, input: from.place };
  let place: Place = error;
  if (fields["Output"] !== undefined) {
    const expressed = expressTemplate(fields["Output"], "JSONata", both, context.use);
    options.members.push(["output", callback(expressed.code)]);
    options.rest.delete("Output");
    place = expressed.place;
  }
  return { place, vars: importAssign(fields, both, from.vars, options, context) };
}
