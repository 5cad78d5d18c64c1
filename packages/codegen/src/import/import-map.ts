/** Maps: where the items come from, what an iteration is given, and which of the builder's two methods says it. */
import type { JsonObject } from "@stepwright/asl";
import { isJsonObject } from "@stepwright/asl";
import type { Code } from "./code.ts";
import { call } from "./code.ts";
import { importItems, importNumber, importResult } from "./data-flow.ts";
import { importDistribution, importReader, isDistributed } from "./import-distribution.ts";
import { callback, expressTemplate } from "./expressions.ts";
import { elementOf, unknownPlace } from "./place.ts";
import type { Readable } from "./references.ts";
import type { Flowing, StepInput } from "./step-options.ts";
import { besidesStates, objectOf, processorField } from "./written-graph.ts";

export interface ImportedMap {
  readonly code: (options: Code | undefined) => Code;
  readonly after: Flowing;
}

/** @param importProcessor  its states as a function from flow to flow, with a parameter of that name */
export function importMap(input: StepInput, importProcessor: (parameter: string, from: Flowing) => Code): ImportedMap {
  const { step, fields, from, context, options, foreign } = input;
  const { rest } = options;
  const field = processorField(fields);
  const processor = objectOf(fields[field]);
  const distributed = isDistributed(input);
  const reader = distributed ? importReader(input) : undefined;
  const items = foreign || reader !== undefined ? undefined : importItems(input);
  if (reader === undefined) {
    if (items === undefined) context.use("untyped");
    options.members.push(["items", items?.code ?? "(s) => untyped(s.input)"]);
  }
  const item = reader?.item ?? elementOf(items?.place);
  let start = item;
  const selector = fields["ItemSelector"];
  if (!foreign && selector !== undefined && (context.language === "JSONata" || isJsonObject(selector))) {
    const readable: Readable = { input: from.place, vars: from.vars, item };
    const selected = expressTemplate(selector, context.language, readable, context.use);
    options.members.push(["itemSelector", callback(selected.code)]);
    rest.delete("ItemSelector");
    start = selected.place;
  }
  importNumber(input, "maxConcurrency", "MaxConcurrency", "number");
  const distribution = distributed ? importDistribution(input) : undefined;
  start = distribution?.batch?.(start) ?? start;
  // The deprecated name of ItemSelector, and batches, change what an iteration is given.
  if (["Parameters", "ItemSelector", "ItemBatcher"].some((each) => rest.has(each))) start = unknownPlace;
  const besides = besidesStates(processor);
  if (field === "ItemProcessor" && saysMode(besides, distributed)) rest.delete(field);
  else rest.set(field, besides);
  const parameter = distribution?.batch === undefined ? "item" : "batch";
  const vars = distributed ? new Map() : from.vars;
  const code = importProcessor(parameter, { place: start, vars });
  reader?.finish();
  const result = distribution?.result ?? (rest.has("ResultWriter") ? unknownPlace : ({ kind: "array" } as const));
  const method = distributed ? ".distributedMap" : ".map";
  return {
    code: (written) => call(method, [JSON.stringify(step.name), written ?? "{}", code]),
    after: importResult(input, result),
  };
}

/** Whether the builder's method writes the very same `ProcessorConfig`. */
function saysMode(besides: JsonObject, distributed: boolean): boolean {
  const config = besides["ProcessorConfig"];
  if (Object.keys(besides).length !== 1 || !isJsonObject(config)) return false;
  const members = Object.keys(config).length;
  if (!distributed) return members === 1 && config["Mode"] === "INLINE";
  return members === 2 && (config["ExecutionType"] === "STANDARD" || config["ExecutionType"] === "EXPRESS");
}
