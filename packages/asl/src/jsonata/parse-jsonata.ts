/** Text to everything that can be known of an expression before it meets data. */
import { ExpressionSyntaxError } from "../expression-syntax-error.ts";
import { LinearRegExp } from "../linear-reg-exp.ts";
import { describeError, parseWithLibrary, type JsonataExpression } from "./library.ts";
import { jsonataLimits } from "./limits.ts";
import { nestingError } from "./nesting.ts";
import { referencesOf, type JsonataReferences } from "./references.ts";
import { compileSynchronously, type EvaluateSynchronously } from "./synchronous.ts";
import { childrenOf, type JsonataNode } from "./syntax.ts";
import { afterEveryNode, countWork } from "./work.ts";

export interface ParsedJsonata {
  readonly text: string;
  readonly references: JsonataReferences;
  readonly expression: JsonataExpression;
  readonly synchronous: EvaluateSynchronously | undefined;
  /** The library writes its marks into the data of such an expression, so it gets a copy. */
  readonly marksData: boolean;
}

/** Parsing takes longer than most evaluations, and the same few texts come again and again. */
const cache = new Map<string, ParsedJsonata>();
const maxCachedExpressions = 1000;

/** @returns the expression, or why the text is none; never throws. Parsed expressions are kept for the next time. */
export function parseJsonata(text: string): ParsedJsonata | ExpressionSyntaxError {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const parsed = nestingError(text) ?? parse(text);
  if (parsed instanceof ExpressionSyntaxError) return parsed;
  const [oldest] = cache.keys();
  if (cache.size >= maxCachedExpressions && oldest !== undefined) cache.delete(oldest);
  cache.set(text, parsed);
  return parsed;
}

function parse(text: string): ParsedJsonata | ExpressionSyntaxError {
  try {
    const expression = parseWithLibrary(text, {
      stack: jsonataLimits.depth,
      sequence: jsonataLimits.sequenceLength,
      timeout: jsonataLimits.milliseconds,
      RegexEngine: LinearRegExp,
    });
    expression.assign(afterEveryNode, countWork);
    const root = expression.ast();
    return {
      text,
      expression,
      references: referencesOf(root),
      synchronous: compileSynchronously(root),
      marksData: isMarkingData(root, false),
    };
  } catch (error) {
    if (error instanceof RangeError) return new ExpressionSyntaxError(text, 0, "found an expression nested too deep");
    const { message, position } = describeError(error);
    return new ExpressionSyntaxError(text, position, message);
  }
}

/**
 * The library marks a list with `keepSingleton` for `[]`, and gives an empty list an item before it groups it.
 * Both may be a list of the input, which others share and which may be frozen.
 * @param onData the node sees items of the data as its context
 */
function isMarkingData(node: JsonataNode, onData: boolean): boolean {
  if (node.keepArray === true || node.keepSingletonArray === true || node.group !== undefined) return true;
  if (onData && node.type === "unary" && node.value === "{") return true;
  const { outer, inner } = childrenOf(node);
  return outer.some((child) => isMarkingData(child, onData)) || inner.some((child) => isMarkingData(child, true));
}
