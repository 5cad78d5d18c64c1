/**
 * An expression is a value that Step Functions computes while the machine runs.
 * To TypeScript it is the type of that value; to the builder it is a node that a query language can print.
 */

import type { QueryLanguage } from "@stepwright/asl";

declare const valueType: unique symbol;
declare const language: unique symbol;

/** The run-time key under which an expression keeps its node. A symbol, because every string is a data key. */
export const node: unique symbol = Symbol("stepwright.expression");

/** @typeParam Language  the one query language that can say it; `never` for a reference, which both can */
export interface Expression<out Value, out Language extends QueryLanguage = QueryLanguage> {
  /** Types only; no value has it. */
  readonly [valueType]: Value;
  /** Types only; no value has it. */
  readonly [language]: () => Language;
}

/** What a path starts from: the data, the context object, or a variable. */
export type PathRoot = "input" | "result" | "output" | "errorOutput" | "context" | { readonly variable: string };

export interface PathNode {
  readonly kind: "path";
  readonly root: PathRoot;
  readonly keys: readonly (string | number)[];
}

export type ExpressionNode =
  | PathNode
  /** A string literal whose braces are placeholders. */
  | { readonly kind: "quoted"; readonly text: string }
  | { readonly kind: "intrinsic"; readonly name: string; readonly arguments: readonly unknown[] }
  | { readonly kind: "jsonata"; readonly texts: readonly string[]; readonly values: readonly unknown[] };

/** The node of an expression; `undefined` for plain data. */
export function nodeOf(value: unknown): ExpressionNode | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  return (value as { [node]?: ExpressionNode })[node];
}

/** @throws TypeError for an expression that is computed and so has no place */
export function pathOf(value: unknown): PathNode {
  const found = nodeOf(value);
  if (found?.kind === "path") return found;
  throw new TypeError(`found ${found?.kind ?? typeof value}, wanted a reference like s.input.name`);
}

/** @internal */
export function createExpression<Value, Language extends QueryLanguage>(
  from: ExpressionNode,
): Expression<Value, Language> {
  const expression: unknown = Object.freeze({ [node]: from });
  return expression as Expression<Value, Language>;
}
