/** Counts what an evaluation does, through the library's hook, and stops it when that is too much. */
import { jsonataLimits } from "./limits.ts";
import type { JsonataNode } from "./syntax.ts";

/** The library's hook after each node; it is looked up like a variable. */
export const afterEveryNode = Symbol.for("jsonata.__evaluate_exit");

/** @param environment its `base` is the frame of one evaluation, so that evaluations at the same time count apart */
export function countWork(
  node: JsonataNode,
  _input: unknown,
  environment: { readonly base: { work?: number } },
  result: unknown,
): void {
  const { base } = environment;
  base.work = (base.work ?? 0) + 1 + sizeCost(node, result);
  if (base.work > jsonataLimits.work) throw new Error(`Evaluation stopped after ${jsonataLimits.work} units of work`);
}

/** What a node made costs its size, so that few steps cannot fill the memory. */
function sizeCost({ type, value }: JsonataNode, result: unknown): number {
  if (typeof result === "string") {
    if (result.length > jsonataLimits.textLength) throw new Error(`Text of ${result.length} characters is too long`);
    return value === "&" || type === "function" ? result.length / 256 : 0;
  }
  const makesList = type === "function" || value === ".." || value === "[";
  return makesList && Array.isArray(result) ? result.length / 16 : 0;
}
