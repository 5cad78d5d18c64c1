/**
 * A part of JSONata without promises: literals, member paths, fixed indices, comparisons, `and`, `or`, arithmetic, `&`,
 * constructors, conditions, and three functions. Most expressions in definitions need no more, and the interpreter can
 * go on without waiting.
 *
 * The rule that keeps it right: whatever depends on JSONata's handling of sequences, or would be an error, is
 * `elsewhere`, and the `jsonata` library decides. A test compares both on random expressions.
 */
import { deepEqual } from "../equality.ts";
import type { EvaluationScope } from "../evaluation.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { setMember } from "../set-member.ts";
import { jsonataLimits } from "./limits.ts";
import { isPairs, type JsonataNode } from "./syntax.ts";

/** This evaluator cannot say; the library can. */
export const elsewhere = Symbol("left to the jsonata library");

type Result = JsonValue | undefined | typeof elsewhere;

/** @returns `undefined` for JSONata's nothing */
export type EvaluateSynchronously = (scope: EvaluationScope) => Result;

/** @returns `undefined` when some node is outside of the part */
export function compileSynchronously(node: JsonataNode): EvaluateSynchronously | undefined {
  if (node.predicate !== undefined || node.group !== undefined || node.keepArray === true) return undefined;
  if (node.stages !== undefined || node.focus !== undefined || node.index !== undefined) return undefined;
  return compilers[node.type]?.(node);
}

const compilers: { readonly [type: string]: ((node: JsonataNode) => EvaluateSynchronously | undefined) | undefined } = {
  string: compileLiteral,
  number: compileLiteral,
  value: compileLiteral,
  variable: ({ value }) => compileVariable(String(value)),
  path: compilePath,
  binary: compileBinary,
  unary: (node) =>
    node.value === "[" ? compileList(node) : node.value === "{" ? compileObject(node) : compileNegation(node),
  condition: compileCondition,
  block: compileBlock,
  function: compileCall,
};

function compileLiteral({ value }: JsonataNode): EvaluateSynchronously {
  return () => value;
}

function compileVariable(name: string): EvaluateSynchronously | undefined {
  if (name === "" || name === "$") return undefined;
  return name === "states" ? statesOf : (scope) => scope.variables.get(name);
}

/** `$states` as a whole; a member that the state does not have is not there. */
export function statesOf({ input, context, result, errorOutput }: EvaluationScope): JsonObject {
  return {
    input,
    context,
    ...(result === undefined ? {} : { result }),
    ...(errorOutput === undefined ? {} : { errorOutput }),
  };
}

const statesFields: { readonly [field: string]: EvaluateSynchronously | undefined } = {
  input: (scope) => scope.input,
  context: (scope) => scope.context,
  result: (scope) => scope.result,
  errorOutput: (scope) => scope.errorOutput,
};

function compilePath({ steps = [], keepSingletonArray }: JsonataNode): EvaluateSynchronously | undefined {
  const [first, second] = steps;
  if (keepSingletonArray === true || first?.type !== "variable" || hasStages(first)) return undefined;
  const field =
    first.value === "states" && second?.type === "name" && Object.hasOwn(statesFields, String(second.value))
      ? statesFields[String(second.value)]
      : undefined;
  const start = field ?? compileVariable(String(first.value));
  const reads: ((value: Result) => Result)[] = [];
  for (const [position, step] of steps.entries()) {
    if (position > 0 && step.type !== "name") return undefined;
    if (step.focus !== undefined || step.index !== undefined || step.predicate !== undefined) return undefined;
    if (position > (field === undefined ? 0 : 1)) reads.push(readMember(String(step.value)));
    const index = fixedIndex(step);
    if (index === elsewhere) return undefined;
    if (index !== undefined) reads.push((value) => readItem(value, index));
  }
  if (start === undefined) return undefined;
  return (scope) => {
    let value = start(scope);
    for (const read of reads) {
      if (value === undefined || value === elsewhere) return value;
      value = read(value);
    }
    return value;
  };
}

function hasStages(step: JsonataNode): boolean {
  return step.stages !== undefined && fixedIndex(step) === elsewhere;
}

/** The number in `name[0]`; `elsewhere` for any other predicate. */
function fixedIndex({ stages }: JsonataNode): number | undefined | typeof elsewhere {
  if (stages === undefined) return undefined;
  const [stage] = stages;
  const isFixed = stages.length === 1 && stage?.type === "filter" && stage.expr?.type === "number";
  return isFixed ? Math.floor(Number(stage.expr?.value)) : elsewhere;
}

/** Through a list, JSONata maps and flattens. */
function readMember(name: string): (value: Result) => Result {
  return (value) => {
    if (typeof value !== "object" || value === null) return undefined;
    if (isJsonArray(value)) return elsewhere;
    return Object.hasOwn(value, name) ? value[name] : undefined;
  };
}

/** An item that is itself a list would be flattened. */
function readItem(value: Result, index: number): Result {
  if (value === undefined || value === elsewhere) return value;
  const items = isJsonArray(value) ? value : [value];
  const item = items[index < 0 ? items.length + index : index];
  return isJsonArray(item) ? elsewhere : item;
}

function compileBinary({ value, lhs, rhs }: JsonataNode): EvaluateSynchronously | undefined {
  const operate = operators[String(value)];
  if (operate === undefined || lhs === undefined || isPairs(lhs) || rhs === undefined) return undefined;
  const left = compileSynchronously(lhs);
  const right = compileSynchronously(rhs);
  if (left === undefined || right === undefined) return undefined;
  return operate(left, right);
}

type Operate = (left: EvaluateSynchronously, right: EvaluateSynchronously) => EvaluateSynchronously;

const operators: { readonly [operator: string]: Operate | undefined } = {
  and: (left, right) => (scope) => {
    const isTrue = truth(left(scope));
    return isTrue === true ? truth(right(scope)) : isTrue;
  },
  or: (left, right) => (scope) => {
    const isTrue = truth(left(scope));
    return isTrue === false ? truth(right(scope)) : isTrue;
  },
  "=": onBoth((left, right) => left !== undefined && right !== undefined && deepEqual(left, right)),
  "!=": onBoth((left, right) => left !== undefined && right !== undefined && !deepEqual(left, right)),
  "<": ordering((left, right) => left < right),
  "<=": ordering((left, right) => left <= right),
  ">": ordering((left, right) => left > right),
  ">=": ordering((left, right) => left >= right),
  "+": arithmetic((left, right) => left + right),
  "-": arithmetic((left, right) => left - right),
  "*": arithmetic((left, right) => left * right),
  "/": arithmetic((left, right) => left / right),
  "%": arithmetic((left, right) => left % right),
  "&": onBoth((left, right) => {
    const start = text(left);
    const end = text(right);
    return start === elsewhere || end === elsewhere ? elsewhere : start + end;
  }),
};

function onBoth(combine: (left: JsonValue | undefined, right: JsonValue | undefined) => Result): Operate {
  return (left, right) => (scope) => {
    const one = left(scope);
    if (one === elsewhere) return elsewhere;
    const other = right(scope);
    return other === elsewhere ? elsewhere : combine(one, other);
  };
}

function ordering(holds: (left: string | number, right: string | number) => boolean): Operate {
  return onBoth((left, right) => {
    const areNumbers = typeof left === "number" && typeof right === "number";
    const areStrings = typeof left === "string" && typeof right === "string";
    return areNumbers || areStrings ? holds(left, right) : elsewhere;
  });
}

function arithmetic(calculate: (left: number, right: number) => number): Operate {
  return onBoth((left, right) => {
    if (typeof left !== "number" || typeof right !== "number") return elsewhere;
    const result = calculate(left, right);
    return Number.isFinite(result) ? result : elsewhere;
  });
}

/** JSONata's idea of true; that of lists is left to the library. */
function truth(value: Result): boolean | typeof elsewhere {
  if (value === undefined) return false;
  if (value === elsewhere || isJsonArray(value)) return elsewhere;
  return isJsonObject(value) ? Object.keys(value).length > 0 : Boolean(value);
}

function text(value: JsonValue | undefined): string | typeof elsewhere {
  if (value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value !== "number") return typeof value === "object" && value !== null ? elsewhere : String(value);
  return JSON.stringify(Number.isInteger(value) ? value : Number(value.toPrecision(15)));
}

function compileNegation({ expression }: JsonataNode): EvaluateSynchronously | undefined {
  const operand = expression === undefined ? undefined : compileSynchronously(expression);
  if (operand === undefined) return undefined;
  return (scope) => {
    const value = operand(scope);
    return value === undefined ? undefined : typeof value === "number" ? -value : elsewhere;
  };
}

function compileList({ expressions = [] }: JsonataNode): EvaluateSynchronously | undefined {
  const items = compileAll(expressions);
  if (items === undefined) return undefined;
  // A list in the text is an item; one that a path found is spliced in.
  const isItem = expressions.map(({ value }) => value === "[");
  return (scope) => {
    const list: JsonValue[] = [];
    for (const [position, item] of items.entries()) {
      const value = item(scope);
      if (value === elsewhere) return elsewhere;
      if (isJsonArray(value) && isItem[position] === false) {
        if (list.length + value.length > jsonataLimits.sequenceLength) return elsewhere;
        for (const spliced of value) list.push(spliced);
      } else if (value !== undefined) {
        list.push(value);
      }
    }
    return list;
  };
}

/** Keys in the text only: others may repeat, which is an error or a grouping. */
function compileObject({ lhs }: JsonataNode): EvaluateSynchronously | undefined {
  if (!isPairs(lhs)) return undefined;
  const keys = lhs.map(([key]) => key.value);
  const areFixed = lhs.every(([key]) => key.type === "string" && key.predicate === undefined);
  const values = compileAll(lhs.map(([, value]) => value));
  if (!areFixed || values === undefined || new Set(keys).size < keys.length || keys.some(isReserved)) return undefined;
  const members = values.map((evaluate, position) => ({ evaluate, key: String(keys[position]) }));
  return (scope) => {
    const object: Record<string, JsonValue> = {};
    for (const { evaluate, key } of members) {
      const value = evaluate(scope);
      if (value === elsewhere) return elsewhere;
      if (value !== undefined) setMember(object, key, value);
    }
    return object;
  };
}

/** The library's marks of functions. */
function isReserved(key: unknown): boolean {
  return key === "_jsonata_lambda" || key === "_jsonata_function";
}

function compileCondition(node: JsonataNode): EvaluateSynchronously | undefined {
  const parts = [node.condition, node.then, node.else].filter((part) => part !== undefined);
  const [condition, whenTrue, whenFalse] = compileAll(parts) ?? [];
  if (condition === undefined || whenTrue === undefined) return undefined;
  return (scope) => {
    const isTrue = truth(condition(scope));
    if (isTrue === elsewhere) return elsewhere;
    return isTrue ? whenTrue(scope) : whenFalse?.(scope);
  };
}

/** Parentheses. Bindings inside them are not of this part, so only the last expression counts. */
function compileBlock({ expressions = [] }: JsonataNode): EvaluateSynchronously | undefined {
  const compiled = compileAll(expressions);
  if (compiled === undefined) return undefined;
  return (scope) => {
    let result: Result;
    for (const evaluate of compiled) {
      result = evaluate(scope);
      if (result === elsewhere) return elsewhere;
    }
    return result;
  };
}

const calls: { readonly [name: string]: ((value: JsonValue | undefined) => Result) | undefined } = {
  exists: (value) => value !== undefined,
  not: (value) => {
    const isTrue = truth(value);
    return value === undefined || isTrue === elsewhere ? elsewhere : !isTrue;
  },
  count: (value) => (value === undefined ? 0 : isJsonArray(value) ? value.length : 1),
};

function compileCall({ procedure, arguments: given = [] }: JsonataNode): EvaluateSynchronously | undefined {
  const name = String(procedure?.value);
  const call = procedure?.type === "variable" && Object.hasOwn(calls, name) ? calls[name] : undefined;
  const [argument] = given.length === 1 ? (compileAll(given) ?? []) : [];
  if (call === undefined || argument === undefined || procedure?.predicate !== undefined) return undefined;
  return (scope) => {
    // A workflow variable of that name hides the function.
    if (scope.variables.get(name) !== undefined) return elsewhere;
    const value = argument(scope);
    return value === elsewhere ? elsewhere : call(value);
  };
}

function compileAll(nodes: readonly JsonataNode[]): readonly EvaluateSynchronously[] | undefined {
  const compiled = nodes.map(compileSynchronously);
  return compiled.every((evaluate) => evaluate !== undefined) ? compiled : undefined;
}
