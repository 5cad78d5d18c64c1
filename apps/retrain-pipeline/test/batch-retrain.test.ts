import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { printDefinition } from "@stepwright/asl";
import { build } from "@stepwright/dsl";
import { expect, test } from "vitest";
import batchRetrain from "../src/batch-retrain.machine.ts";

const machineFile = fileURLToPath(new URL("../src/batch-retrain.machine.ts", import.meta.url));
const expectedText = await readFile(new URL("batch-retrain.expected.asl.json", import.meta.url), "utf8");

test("the machine is the definition that production runs", () => {
  expect(build(batchRetrain).definition).toEqual(JSON.parse(expectedText));
});

test("the printed definition has the fields in the same order", () => {
  const expected = JSON.stringify(JSON.parse(expectedText), null, 2);
  expect(JSON.stringify(JSON.parse(printDefinition(build(batchRetrain).definition)), null, 2)).toBe(expected);
});

test("every state points at the line where it was written", async () => {
  const lines = (await readFile(machineFile, "utf8")).split("\n");
  const { sourceMap } = build(batchRetrain);
  expect(sourceMap.size).toBe(10);
  for (const [location, { file, line }] of sourceMap) {
    expect(file).toBe(machineFile);
    expect(lines[line - 1]).toContain(`"${location.split("/").at(-1)}"`);
  }
});
