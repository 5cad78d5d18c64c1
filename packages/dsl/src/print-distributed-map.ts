/** The fields that only a Distributed Map has, as ASL. */
import type { JsonObject, JsonValue, QueryLanguage } from "@stepwright/asl";
import { evaluate, literalOrComputed } from "./print-field.ts";
import { printTemplate } from "./template.ts";
import { withoutUndefined } from "./without-undefined.ts";

/** Where to read or write; JSONPath calls it `parameters`, JSONata `arguments`. */
interface Located {
  readonly parameters?: unknown;
  readonly arguments?: unknown;
}

export function printItemReader(value: unknown, language: QueryLanguage): JsonObject {
  const { resource = "arn:aws:states:::s3:getObject", readerConfig, ...reader } = value as AnyReader;
  return withoutUndefined({
    Resource: resource,
    ReaderConfig: readerConfig && printMembers(readerConfig, language),
    ...printLocation(reader, language),
  });
}

interface AnyReader extends Located {
  readonly resource?: string;
  readonly readerConfig?: object;
}

export function printItemBatcher(value: unknown, language: QueryLanguage): JsonObject {
  const { batchInput, ...limits } = value as { readonly batchInput?: unknown };
  return {
    ...printMembers(limits, language),
    ...(batchInput === undefined ? {} : { BatchInput: printTemplate[language](evaluate(batchInput)) }),
  };
}

export function printResultWriter(value: unknown, language: QueryLanguage): JsonObject {
  const { writerConfig, ...destination } = value as Located & { readonly writerConfig?: object };
  const location = printLocation(destination, language);
  return {
    ...(Object.keys(location).length === 0 ? {} : { Resource: "arn:aws:states:::s3:putObject" }),
    ...location,
    ...(writerConfig === undefined ? {} : { WriterConfig: printMembers(writerConfig, language) }),
  };
}

function printLocation({ parameters, arguments: given }: Located, language: QueryLanguage): JsonObject {
  const place = parameters ?? given;
  if (place === undefined) return {};
  const field = language === "JSONPath" ? "Parameters" : "Arguments";
  return { [field]: printTemplate[language](evaluate(place)) };
}

/** Members that are literals or computed, each under its ASL name. */
function printMembers(members: object, language: QueryLanguage): JsonObject {
  const fields: Record<string, JsonValue> = {};
  for (const [member, value] of Object.entries(members)) {
    if (value !== undefined) Object.assign(fields, literalOrComputed(fieldOf(member))(value, language));
  }
  return fields;
}

function fieldOf(member: string): string {
  return member.replace(/^csv/, "CSV").replace(/^[a-z]/, (first) => first.toUpperCase());
}
