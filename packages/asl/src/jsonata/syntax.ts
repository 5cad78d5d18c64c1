/** The syntax tree that the `jsonata` library makes: what its own types leave out, and how to walk it. */

import type { JsonPrimitive } from "../json.ts";

export interface JsonataNode {
  readonly type: string;
  /** A literal's value, a name, an operator. */
  readonly value?: JsonPrimitive;
  readonly position?: number;
  /** Of a path. */
  readonly steps?: readonly JsonataNode[];
  /** Of a step, between brackets; of any other node, `predicate`. */
  readonly stages?: readonly JsonataNode[];
  readonly predicate?: readonly JsonataNode[];
  readonly expr?: JsonataNode;
  /** Of `^(…)`. */
  readonly terms?: readonly { readonly expression: JsonataNode }[];
  /** Names that `@` and `#` bind. */
  readonly focus?: string;
  readonly index?: string;
  readonly group?: { readonly lhs: readonly JsonataPair[] };
  readonly keepArray?: boolean;
  readonly keepSingletonArray?: boolean;
  /** Of an object constructor the pairs, else the left operand. */
  readonly lhs?: JsonataNode | readonly JsonataPair[];
  readonly rhs?: JsonataNode;
  readonly expression?: JsonataNode;
  readonly expressions?: readonly JsonataNode[];
  readonly procedure?: JsonataNode;
  readonly arguments?: readonly JsonataNode[];
  readonly body?: JsonataNode;
  readonly condition?: JsonataNode;
  readonly then?: JsonataNode;
  readonly else?: JsonataNode;
  readonly pattern?: JsonataNode;
  readonly update?: JsonataNode;
  readonly delete?: JsonataNode;
}

export type JsonataPair = readonly [key: JsonataNode, value: JsonataNode];

/** Tells an object constructor's pairs from an operand. */
export function isPairs(side: JsonataNode["lhs"]): side is readonly JsonataPair[] {
  return Array.isArray(side);
}

/** A node's children, grouped by whether they see the node's own context or that of each item of a path. */
export interface JsonataChildren {
  readonly outer: readonly JsonataNode[];
  readonly inner: readonly JsonataNode[];
}

export function childrenOf(node: JsonataNode): JsonataChildren {
  const [firstStep, ...laterSteps] = node.steps ?? [];
  return {
    outer: [
      ...present(firstStep),
      ...operandsOf(node),
      ...present(node.rhs),
      ...present(node.expression),
      ...(node.expressions ?? []),
      ...present(node.procedure),
      ...argumentsOf(node),
      ...present(node.body),
      ...present(node.condition),
      ...present(node.then),
      ...present(node.else),
    ],
    inner: [
      ...laterSteps,
      ...(node.stages ?? []),
      ...(node.predicate ?? []),
      ...present(node.expr),
      ...(node.terms ?? []).map(({ expression }) => expression),
      ...(node.group?.lhs.flat() ?? []),
      ...present(node.pattern),
      ...present(node.update),
      ...present(node.delete),
    ],
  };
}

/** The name that a binding gives is no read. */
function operandsOf({ type, lhs }: JsonataNode): readonly JsonataNode[] {
  if (type === "bind") return [];
  return isPairs(lhs) ? lhs.flat() : present(lhs);
}

/** Nor are a lambda's parameters. */
function argumentsOf({ type, arguments: given = [] }: JsonataNode): readonly JsonataNode[] {
  return type === "lambda" ? [] : given;
}

function present(node: JsonataNode | undefined): readonly JsonataNode[] {
  return node === undefined ? [] : [node];
}
