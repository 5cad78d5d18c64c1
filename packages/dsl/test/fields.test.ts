/** Whatever the language has, the builder can say: every field of ASL's table is printed by an option, but for a few. */
import { fieldsOf, fieldTable, isJsonArray, isJsonObject } from "@stepwright/asl";
import type { FieldValue, JsonValue, ShapeName } from "@stepwright/asl";
import { expect, test } from "vitest";
import * as language from "../src/index.ts";
import { and, build, machine, plain } from "../src/index.ts";
import type { Condition, Reference } from "../src/index.ts";
import { machines } from "./every-field.ts";

/** Why there is no option: the field is said by `asl`, or another way. */
const exceptions: Readonly<Record<string, string>> = {
  "Branch.Comment": "a comment of the Parallel says it",
  "ItemProcessor.Comment": "a comment of the Map says it",
  "Map.Parameters": "deprecated; ItemSelector",
  "Map.Iterator": "deprecated; ItemProcessor",
  "Choice.InputPath": "the ways are written before the options, so that the types could not follow: a Pass before it",
  "Choice.OutputPath": "as InputPath",
  "NestedChoiceRule.Comment": "the rule around it has one",
};

test("every machine that uses every option is without mistakes", () => {
  for (const flow of machines)
    expect(build(flow).diagnostics.filter(({ severity }) => severity === "ERROR")).toEqual([]);
});

test("every field of the language has an option, but those with a reason", () => {
  const printed = new Set<string>();
  for (const flow of [...machines, comparisons()]) collect("StateMachine", build(flow).definition as never, printed);
  const all = Object.keys(fieldTable).flatMap((shape) =>
    Array.from(fieldsOf(shape as ShapeName).keys(), (field) => `${shape}.${field}`),
  );
  const missing = all.filter((field) => !printed.has(field));
  expect(missing.toSorted()).toEqual(Object.keys(exceptions).toSorted());
});

/** A Choice with every comparison that the package exports, against a literal and a reference, alone and nested. */
function comparisons() {
  const compared = /^(?:string|numeric|boolean|timestamp)[A-Z]|^is(?!Flow)[A-Z]/;
  const compares = Object.entries(language).flatMap(([name, compare]) =>
    compared.test(name) ? [compare as Compare] : [],
  );
  return machine("Compare", { input: plain<{ value: string }>() }).choice("Which?", (choose) =>
    compares
      .flatMap((compare) => [
        (value: Reference<string>) => compare(value, "literal"),
        (value: Reference<string>) => compare(value, value),
      ])
      .flatMap((condition) => [condition, (value: Reference<string>) => and(condition(value))])
      .reduce(
        (ways, condition, index) =>
          ways.when(
            (s) => condition(s.input.value),
            (way) => way.pass(`Way ${index}`),
          ) as never,
        choose,
      ),
  );
}

type Compare = (left: Reference<string>, right: unknown) => Condition;

function collect(shape: ShapeName, value: JsonValue, printed: Set<string>): void {
  if (!isJsonObject(value)) return;
  for (const [name, field] of fieldsOf(shape)) {
    const member = value[name];
    if (member === undefined) continue;
    printed.add(`${shape}.${name}`);
    collectIn(field.value, member, printed);
  }
}

function collectIn(wanted: FieldValue, value: JsonValue, printed: Set<string>): void {
  if (wanted.kind === "object") collect(wanted.shape, value, printed);
  if (wanted.kind === "list" && isJsonArray(value)) for (const item of value) collectIn(wanted.of, item, printed);
  if (wanted.kind === "states" && isJsonObject(value)) {
    for (const state of Object.values(value)) {
      if (isJsonObject(state)) collect(state["Type"] as ShapeName, state, printed);
    }
  }
}
