/**
 * JSONata's everyday functions with types, under JSONata's own names. An array stays an array however many elements
 * it has, where JSONata by itself makes one element of an array of one and nothing of an empty one.
 *
 * @see https://docs.jsonata.org/array-functions and the pages beside it
 */
import { createExpression } from "./expression.ts";
import type { Expression } from "./expression.ts";
import { jsonata } from "./jsonata.ts";
import { createReference } from "./reference.ts";
import type { Reference } from "./reference.ts";
import type { Resolved } from "./template.ts";

type Computed<Value> = Expression<Value, "JSONata">;
type Or<Value> = Value | Computed<Value>;
type List<Element> = Computed<readonly Element[]>;

export const Jsonata = Object.freeze({
  /** 0 for an empty array. */
  sum: (numbers: List<number>) => jsonata<number>`$sum(${numbers})`,
  count: (array: List<unknown>) => jsonata<number>`$count(${array})`,
  /** The state fails when the array is empty. */
  average: (numbers: List<number>) => jsonata<number>`$average(${numbers})`,
  /** The state fails when the array is empty. */
  max: (numbers: List<number>) => jsonata<number>`$max(${numbers})`,
  /** The state fails when the array is empty. */
  min: (numbers: List<number>) => jsonata<number>`$min(${numbers})`,
  /** JSON text of anything but a string. */
  string: (value: unknown) => jsonata<string>`$string(${value})`,
  number: (text: Computed<string>) => jsonata<number>`$number(${text})`,
  join: (texts: List<string>, separator = "") => jsonata<string>`$join(${texts}, ${separator})`,
  /** The texts of all values, one behind the other; a number as its JSON text. */
  concat: (...values: readonly Or<string | number>[]) =>
    createExpression<string, "JSONata">({
      kind: "jsonata",
      texts: ["", ...values.slice(1).map(() => " & "), ""],
      values,
    }),
  append: <Element>(array: List<Element>, more: List<Element>) => jsonata<Element[]>`[$append(${array}, ${more})]`,
  /** Shallow; the second wins. */
  merge: <One extends object, const Other extends object>(one: Computed<One>, other: Other) =>
    jsonata<Omit<One, keyof Resolved<Other>> & Resolved<Other>>`$merge([${one}, ${other}])`,
  /** @example Jsonata.map(s.input.models, (model) => ({ id: model.modelId })) */
  map: <Element, const Template>(array: List<Element>, each: (element: Reference<Element, "element">) => Template) => {
    const { parameter, body } = lambda(each);
    return jsonata<Resolved<Template>[]>`[$map(${array}, function(${parameter}) { ${body} })]`;
  },
  /** @example Jsonata.filter(s.input.models, (model) => jsonata<boolean>`${model.auc} > 0.7`) */
  filter: <Element>(array: List<Element>, matches: (element: Reference<Element, "element">) => Computed<boolean>) => {
    const { parameter, body } = lambda(matches);
    return jsonata<Element[]>`[$filter(${array}, function(${parameter}) { ${body} })]`;
  },
  /** One member of every element; elements without it are left out. */
  pluck: <Element, Key extends keyof Element & string>(array: List<Element>, key: Key) =>
    createExpression<Exclude<Element[Key], undefined>[], "JSONata">({
      kind: "jsonata",
      texts: ["[", `.\`${key}\`]`],
      values: [array],
    }),
  /** ISO 8601, UTC. */
  now: () => jsonata<string>`$now()`,
  uuid: () => jsonata<string>`$uuid()`,
});

/** How many functions are being written at this moment, one inside the other: each needs a parameter of its own. */
let depth = 0;

function lambda<Element, Body>(write: (element: Reference<Element, "element">) => Body) {
  depth += 1;
  try {
    const place: unknown = createReference({ variable: `element${depth}` });
    const parameter = place as Reference<Element, "element">;
    return { parameter, body: write(parameter) };
  } finally {
    depth -= 1;
  }
}
