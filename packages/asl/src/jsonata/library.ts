/**
 * The library behind JSONata, as far as it is used here, and loaded when the first expression needs it:
 * it is a good part of the start-up time of a machine that has none.
 */
import { createRequire } from "node:module";
import type { JsonValue } from "../json.ts";
import type { LinearRegExp } from "../linear-reg-exp.ts";
import type { JsonataNode } from "./syntax.ts";

/** JSON with the library's marks on some arrays, or a function, or nothing. */
export type JsonataResult = JsonValue | undefined | ((...values: readonly never[]) => unknown);

export interface JsonataExpression {
  ast(): JsonataNode;
  /** Symbols name the library's hooks. */
  assign(name: string | symbol, value: unknown): void;
  evaluate<Result = JsonataResult>(input: unknown, bindings: Readonly<Record<string, unknown>>): Promise<Result>;
}

export interface JsonataOptions {
  /** Nested evaluations. */
  readonly stack: number;
  /** Items of one sequence. */
  readonly sequence: number;
  /** Milliseconds. */
  readonly timeout: number;
  readonly RegexEngine: typeof LinearRegExp;
}

const load = createRequire(import.meta.url);

/** @throws the library's own errors for a text that is no expression */
export function parseWithLibrary(text: string, options?: JsonataOptions): JsonataExpression {
  const jsonata: (text: string, options?: JsonataOptions) => JsonataExpression = load("jsonata");
  return jsonata(text, options);
}

/** What an error says of itself; the library throws objects of its own with a code. */
export function describeError(error: unknown): { readonly message: string; readonly position: number } {
  if (typeof error !== "object" || error === null) return { message: String(error), position: 0 };
  const code = "code" in error && typeof error.code === "string" ? `${error.code}: ` : "";
  const message = "message" in error ? String(error.message) : "";
  const position = "position" in error && typeof error.position === "number" ? error.position : 0;
  return { message: code + message, position };
}
