/** Published definitions, written again in the builder's words. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import endpointMaintainer from "../examples/endpoint-maintainer.machine.ts";
import inventoryLevel from "../examples/inventory-level.machine.ts";
import nestedDistributedMap from "../examples/nested-distributed-map.machine.ts";
import { build } from "../src/index.ts";

test.each([
  ["endpoint-maintainer", endpointMaintainer],
  ["inventory-level", inventoryLevel],
  ["nested-distributed-map", nestedDistributedMap],
])("%s is the definition that was published", async (name, flow) => {
  const original = await readFile(new URL(`../examples/${name}.asl.json`, import.meta.url), "utf8");
  expect(build(flow).definition).toEqual(JSON.parse(original));
});
