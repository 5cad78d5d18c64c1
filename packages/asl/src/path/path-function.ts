/** The functions that may end a path, `$.prices.sum()`: those of Jayway JsonPath that take no document of their own. */
import { isJsonArray, isJsonObject, type JsonValue } from "../json.ts";
import type { PathFunctionName } from "./path.ts";

/** @returns `undefined` where the function has no answer for the node */
export type PathFunction = (node: JsonValue, index: number | undefined) => JsonValue | undefined;

const length: PathFunction = (node) =>
  isJsonArray(node) ? node.length : isJsonObject(node) ? Object.keys(node).length : undefined;

const itemAt: PathFunction = (node, index = 0) => (isJsonArray(node) ? node.at(index) : undefined);

export const pathFunctions: Readonly<Record<PathFunctionName, PathFunction>> = {
  length,
  size: length,
  keys: (node) => (isJsonObject(node) ? Object.keys(node) : undefined),
  min: overNumbers((numbers) => numbers.reduce((least, number) => Math.min(least, number))),
  max: overNumbers((numbers) => numbers.reduce((greatest, number) => Math.max(greatest, number))),
  sum: overNumbers(sum),
  avg: overNumbers(mean),
  stddev: overNumbers((numbers) => {
    const center = mean(numbers);
    return Math.sqrt(mean(numbers.map((number) => (number - center) ** 2)));
  }),
  first: (node) => itemAt(node, 0),
  last: (node) => itemAt(node, -1),
  index: itemAt,
};

function overNumbers(aggregate: (numbers: readonly number[]) => number): PathFunction {
  return (node) => {
    const numbers = isJsonArray(node) ? node.filter((item) => typeof item === "number") : [];
    return numbers.length === 0 ? undefined : aggregate(numbers);
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function mean(numbers: readonly number[]): number {
  return sum(numbers) / numbers.length;
}
