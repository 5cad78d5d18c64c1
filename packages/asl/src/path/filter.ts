/**
 * `[?(…)]`: which nodes a filter lets through, with Jayway's comparisons: a number equals the text of the same number,
 * `===` does not, nothing equals a missing value (so `!=` holds for it), and `=~` matches whole texts.
 */
import { compareCodeUnits, deepEqual } from "../equality.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../json.ts";
import { LinearRegExp } from "../linear-reg-exp.ts";
import type { CompileSegments } from "./path-reader.ts";
import type { Filter, FilterOperand, FilterOperator, FilterPath } from "./path.ts";

export type Test = (node: JsonValue, document: JsonValue) => boolean;

/** @param compileSegments for the paths inside the filter */
export function compileFilter(filter: Filter, compileSegments: CompileSegments): Test {
  const compile = (term: Filter): Test => compileFilter(term, compileSegments);
  switch (filter.kind) {
    case "or": {
      const tests = filter.terms.map(compile);
      return (node, document) => tests.some((test) => test(node, document));
    }
    case "and": {
      const tests = filter.terms.map(compile);
      return (node, document) => tests.every((test) => test(node, document));
    }
    case "not": {
      const test = compile(filter.term);
      return (node, document) => !test(node, document);
    }
    case "exists": {
      const read = compileFilterPath(filter.operand, compileSegments);
      return (node, document) => read(node, document) !== undefined;
    }
    default: {
      const left = compileOperand(filter.left, compileSegments);
      const right = compileOperand(filter.right, compileSegments);
      const holds = comparisons[filter.operator];
      return (node, document) => holds(left(node, document), right(node, document));
    }
  }
}

/** `undefined` is a path that found nothing; a `LinearRegExp` stands only in the text of the filter. */
type Operand = JsonValue | LinearRegExp | undefined;

function compileOperand(
  operand: FilterOperand,
  compileSegments: CompileSegments,
): (node: JsonValue, document: JsonValue) => Operand {
  if (operand.kind === "path") return compileFilterPath(operand, compileSegments);
  const value = operand.kind === "pattern" ? operand.pattern : operand.value;
  return () => value;
}

function compileFilterPath(path: FilterPath, compileSegments: CompileSegments) {
  const read = compileSegments(path.segments, path.definite);
  return path.from === "node" ? read : (_node: JsonValue, document: JsonValue) => read(document, document);
}

type Comparison = (left: Operand, right: Operand) => boolean;

const comparisons: Readonly<Record<FilterOperator, Comparison>> = {
  "==": equal,
  "!=": (left, right) => !equal(left, right),
  "===": identical,
  "!==": (left, right) => !identical(left, right),
  "<": ordered((order) => order < 0),
  "<=": ordered((order) => order <= 0),
  ">": ordered((order) => order > 0),
  ">=": ordered((order) => order >= 0),
  "=~": (left, right) =>
    right instanceof LinearRegExp ? matches(right, left) : left instanceof LinearRegExp && matches(left, right),
  in: contains,
  nin: (left, right) => !contains(left, right),
  contains: (left, right) =>
    typeof left === "string" ? typeof right === "string" && left.includes(right) : contains(right, left),
  subsetof: overLists((left, right) => left.every((item) => contains(item, right))),
  anyof: overLists((left, right) => left.some((item) => contains(item, right))),
  noneof: overLists((left, right) => !left.some((item) => contains(item, right))),
  size: (left, right) => (typeof left === "string" || isList(left)) && left.length === right,
  empty: (left, right) => (typeof left === "string" || isList(left)) && (left.length === 0) === right,
  exists: (left, right) => (left !== undefined) === right,
};

function equal(left: Operand, right: Operand): boolean {
  if (typeof left === "number" && typeof right === "string") return right.trim() !== "" && Number(right) === left;
  if (typeof left === "string" && typeof right === "number") return left === String(right);
  return identical(left, right);
}

function identical(left: Operand, right: Operand): boolean {
  if (left === undefined || right === undefined || left instanceof LinearRegExp || right instanceof LinearRegExp)
    return false;
  return deepEqual(left, right);
}

function ordered(holds: (order: number) => boolean): Comparison {
  return (left, right) => {
    if (typeof left === "number" && typeof right === "number") return holds(left - right);
    return typeof left === "string" && typeof right === "string" && holds(compareCodeUnits(left, right));
  };
}

function matches(pattern: LinearRegExp, value: Operand): boolean {
  if (value === undefined || value === null || value instanceof LinearRegExp || isJsonObject(value)) return false;
  return isJsonArray(value) ? value.some((item) => matches(pattern, item)) : pattern.test(String(value));
}

function contains(item: Operand, list: Operand): boolean {
  return isList(list) && list.some((member) => equal(item, member));
}

function overLists(holds: (left: readonly JsonValue[], right: readonly JsonValue[]) => boolean): Comparison {
  return (left, right) => isList(left) && isList(right) && holds(left, right);
}

function isList(value: Operand): value is readonly JsonValue[] {
  return Array.isArray(value);
}
