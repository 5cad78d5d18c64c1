import { printGraph } from "@stepwright/codegen";
import { build } from "@stepwright/dsl";
import { expect, test } from "vitest";
import retrainV2 from "../src/retrain-v2.machine.ts";

test("the second pipeline's picture shows the machine as it is", async () => {
  const { name, definition } = build(retrainV2);
  await expect(await printGraph(definition, "svg", name)).toMatchFileSnapshot("../docs/retrain-v2.svg");
});
