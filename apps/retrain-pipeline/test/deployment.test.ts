/** What the deployment takes from the stack is what the generated template gives. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { substitutionsOf } from "@stepwright/asl";
import { expect, test } from "vitest";
import config from "../stepwright.config.ts";

const generated = path.join(import.meta.dirname, "../generated");
const deployment = config.deploy?.machines["BatchRetrainModels"];

test("every output that the deployment names is one of the template", async () => {
  const template = await readFile(path.join(generated, "infrastructure/template.yaml"), "utf8");
  const outputs = new Set(
    Array.from(template.slice(template.indexOf("\nOutputs:")).matchAll(/^ {2}(\w+):$/gm), ([, name]) => name),
  );
  const named = Array.from(JSON.stringify(deployment).matchAll(/"cfn:retrain\.(\w+)"/g), ([, name]) => name);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !outputs.has(name))).toEqual([]);
});

test("every placeholder of the definition has a value", async () => {
  const definition: unknown = JSON.parse(await readFile(path.join(generated, "batch-retrain.asl.json"), "utf8"));
  const wanted = new Set(substitutionsOf(definition as Parameters<typeof substitutionsOf>[0]).map(({ name }) => name));
  expect(Object.keys(deployment?.substitutions ?? {})).toEqual([...wanted]);
});
