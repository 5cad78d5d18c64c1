/**
 * Templates and conditions of a definition as code over the builder's references. Only what prints back to the very
 * same text is translated; everything else stays ASL.
 */
import type { JsonObject, JsonValue, QueryLanguage } from "@stepwright/asl";
import { isComparisonOperator, isJsonArray, isJsonObject } from "@stepwright/asl";
import type { Code } from "./code.ts";
import { call, list, objectLiteral, sequence } from "./code.ts";
import { expressIntrinsic } from "./express-intrinsic.ts";
import type { Wanted } from "./place.ts";
import { placeOfLiteral, unknownPlace } from "./place.ts";
import type { Expressed, Readable, UseWord } from "./references.ts";
import { expressJsonata, expressPath } from "./references.ts";
import { objectsIn } from "./written-graph.ts";

/** A payload template. Members of which the builder knows no expression keep their ASL key, `name.$`. */
export function expressTemplate(
  template: JsonValue,
  language: QueryLanguage,
  readable: Readable,
  use: UseWord,
): Expressed {
  if (typeof template === "string" && language === "JSONata") {
    return expressJsonata(template, readable, use) ?? expressLiteral(template);
  }
  if (isJsonArray(template)) {
    const items = template.map((item) => expressTemplate(item, language, readable, use).code);
    return { code: list("[", items, "]"), place: { kind: "array" } };
  }
  if (!isJsonObject(template)) return expressLiteral(template);
  const entries = Object.entries(template).map(([key, value]): readonly [string, Expressed] => {
    const name = language === "JSONPath" && key.endsWith(".$") ? key.slice(0, -2) : undefined;
    if (name === undefined) return [key, expressTemplate(value, language, readable, use)];
    const expressed =
      typeof value === "string" && !Object.hasOwn(template, name)
        ? (expressPath(value, readable, use) ?? expressIntrinsic(value, readable, use))
        : undefined;
    return expressed === undefined ? [key, { ...expressLiteral(value), place: unknownPlace }] : [name, expressed];
  });
  return {
    code: objectLiteral(entries.map(([key, { code }]) => [key, code])),
    place: { kind: "object", members: new Map(entries.map(([key, { place }]) => [key, place])) },
  };
}

function expressLiteral(value: JsonValue): Expressed {
  return { code: literal(value), place: placeOfLiteral(value) };
}

export function literal(value: JsonValue): Code {
  if (isJsonArray(value)) return value.length === 0 ? "[]" : list("[", value.map(literal), "]");
  if (isJsonObject(value)) return objectLiteral(Object.entries(value).map(([key, item]) => [key, literal(item)]));
  // JSON keeps -0, and the line separators that end a line in JavaScript of old stay readable.
  return Object.is(value, -0) ? "-0" : JSON.stringify(value);
}

/** `(s) => …`, or `() => …` where nothing is referred to. */
export function callback(body: Code): Code {
  const parameter = mentionsScope(body) ? "(s)" : "()";
  const needsParentheses = typeof body !== "string" && body.kind === "list" && body.open.startsWith("{");
  const isEmptyObject = body === "{}";
  if (isEmptyObject) return `${parameter} => ({})`;
  return needsParentheses ? sequence(`${parameter} => (`, body, ")") : sequence(`${parameter} => `, body);
}

function mentionsScope(code: Code): boolean {
  if (typeof code === "string") return /^(?:untyped\()?s\./.test(code);
  if (code.kind === "list") return code.items.some(mentionsScope);
  return (code.kind === "chain" ? [code.base, ...code.calls] : code.parts).some(mentionsScope);
}

const scalars: { readonly [prefix: string]: Wanted } = {
  String: "string",
  Numeric: "number",
  Boolean: "boolean",
  Timestamp: "string",
};

/** The condition of a Choice rule, without its `Next`. */
export function expressRule(rule: JsonObject, language: QueryLanguage, readable: Readable, use: UseWord): Code {
  const { Next: _, ...fields } = rule;
  const known = language === "JSONPath" ? expressPathRule(fields, readable, use) : undefined;
  if (known !== undefined) return known;
  const { Condition: condition, ...others } = fields;
  if (language === "JSONata" && typeof condition === "string" && Object.keys(others).length === 0) {
    const expressed = expressJsonata(condition, readable, use, "boolean");
    if (expressed !== undefined) return expressed.code;
  }
  return rawRule(fields, use);
}

function rawRule(fields: JsonObject, use: UseWord): Code {
  use("aslRule");
  return call("aslRule", [literal(fields)]);
}

function expressPathRule(fields: JsonObject, readable: Readable, use: UseWord): Code | undefined {
  const others = Object.entries(fields).filter(([key]) => key !== "Variable");
  const [only] = others;
  if (only === undefined || others.length > 1) return undefined;
  const [operator, operand] = only;
  const part = (rule: JsonObject): Code => expressPathRule(rule, readable, use) ?? rawRule(rule, use);
  if ((operator === "And" || operator === "Or") && isJsonArray(operand) && !Object.hasOwn(fields, "Variable")) {
    const word = operator.toLowerCase();
    use(word);
    return call(word, objectsIn(operand).map(part));
  }
  if (operator === "Not" && isJsonObject(operand) && !Object.hasOwn(fields, "Variable")) {
    use("not");
    return call("not", [part(operand)]);
  }
  return expressComparison(fields["Variable"], operator, operand, readable, use);
}

function expressComparison(
  variable: JsonValue | undefined,
  operator: string,
  operand: JsonValue,
  readable: Readable,
  use: UseWord,
): Code | undefined {
  if (typeof variable !== "string" || !isComparisonOperator(operator)) return undefined;
  const word = `${operator.charAt(0).toLowerCase()}${operator.slice(1).replace(/Path$/, "")}`;
  if (operator.startsWith("Is")) {
    const left = operand === true ? expressPath(variable, readable, use) : undefined;
    if (left === undefined) return undefined;
    use(word);
    return call(word, [left.code]);
  }
  const wanted = Object.entries(scalars).find(([prefix]) => operator.startsWith(prefix))?.[1];
  if (wanted === undefined) return undefined;
  const byPath = operator.endsWith("Path");
  const literalType = wanted === typeof operand;
  if (!byPath && !literalType) return undefined;
  const left = expressPath(
    variable,
    readable,
    use,
    wanted,
    operator === "StringEquals" || operator === "BooleanEquals",
  );
  const right = byPath
    ? typeof operand === "string"
      ? expressPath(operand, readable, use, wanted)?.code
      : undefined
    : literal(operand);
  if (left === undefined || right === undefined) return undefined;
  use(word);
  return call(word, [left.code, right]);
}
