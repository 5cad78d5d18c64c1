import { describe, expect, test } from "vitest";
import { awsBench } from "../../../test/aws-bench.ts";
import type { ServingVersion } from "../../index.ts";

const version = (name: string): ServingVersion => ({
  version: name,
  modelUri: "",
  modelSha256: "",
  baselineUri: "",
  featureNames: [],
});

describe("the aliases in DynamoDB", async () => {
  const { ports, bodiesOf } = await awsBench();
  const { aliases } = ports;

  test("move from the expected champion only", async () => {
    expect(await aliases.read("card-fraud")).toEqual({});
    await aliases.move("card-fraud", undefined, { champion: version("v1") });
    await expect(aliases.move("card-fraud", undefined, { champion: version("v2") })).rejects.toMatchObject({
      name: "EndpointBusy",
      message: "The champion of card-fraud is v1; this deployment began when it was nobody.",
    });
    await aliases.move("card-fraud", "v1", { champion: version("v2"), previous: version("v1") });
    expect(await aliases.read("card-fraud")).toEqual({ champion: version("v2"), previous: version("v1") });
  });

  test("move once when a write was sent twice", async () => {
    await aliases.move("card-fraud", "v1", { champion: version("v2"), previous: version("v1") });
    expect((await aliases.read("card-fraud")).champion?.version).toBe("v2");
  });

  test("tell all models that have a champion, over all pages", async () => {
    const models = ["merchant-churn", "auth-decline", "chargeback-risk", "another-model"];
    await Promise.all(models.map((modelId) => aliases.move(modelId, undefined, { champion: version("v1") })));
    await aliases.move("fallen", undefined, {});
    expect(await aliases.champions()).toEqual([...models, "card-fraud"].toSorted());
    expect(bodiesOf("Scan")).toHaveLength(3);
  });
});
