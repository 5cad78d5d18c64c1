import { describe, expect, test } from "vitest";
import { bench, itemOf, smallModel, smallWorld, temporaryFolder } from "../../test/small-world.ts";
import { modelCatalog } from "../models/catalog.ts";
import { merchantChurn } from "../models/merchant-churn.ts";
import type { ModelSpec } from "../models/model-spec.ts";

describe("preprocess", async () => {
  const home = await temporaryFolder();
  const world = await smallWorld(home);
  const preprocess = async (changed: Partial<ModelSpec>) => {
    const catalog = modelCatalog([{ ...smallModel(merchantChurn), ...changed }]);
    const { run } = bench({ home, world: world.folder, catalog });
    return run.PreprocessFeatures(await run.IngestTrainingData(itemOf("merchant-churn")));
  };

  test("gives three splits without a common row, and names the job that learns from them", async () => {
    const outcome = await preprocess({});
    expect(outcome).toMatchObject({
      outcome: "OK",
      features: { names: merchantChurn.features, leakage: { overlappingKeys: 0 } },
    });
    if (outcome.outcome !== "OK") return;
    for (const { rows, positives } of Object.values(outcome.features.splits)) {
      expect(positives).toBeGreaterThan(0);
      expect(positives).toBeLessThan(rows);
    }
    expect(outcome.features.drift).toBeUndefined();
  });

  test("skips a model that has too few labels to say anything", async () => {
    const outcome = await preprocess({ leastPositives: 100_000 });
    expect(outcome).toMatchObject({ outcome: "SKIPPED", stoppedAt: "preprocess", error: "InsufficientLabelsError" });
  });

  test("skips a model whose labels come at an unbelievable rate", async () => {
    const outcome = await preprocess({ labelRate: { least: 0.9, most: 1 } });
    expect(outcome).toMatchObject({ outcome: "SKIPPED", error: "DataValidationError" });
    expect(JSON.stringify(outcome)).toMatch(
      /% of the training rows of merchant-churn are positive; wanted 90 to 100 %/,
    );
  });

  test("fails a model with a feature that knows the label", async () => {
    const { featureSql } = merchantChurn;
    const leaking = featureSql.replace("n7,\n           n28,", "coming30 AS n7,\n           n28,");
    expect(leaking).not.toBe(featureSql);
    const outcome = await preprocess({ featureSql: leaking, mostSingleFeatureAuc: 0.99 });
    expect(outcome).toMatchObject({ outcome: "FAILED", error: "LeakageSuspectedError" });
    expect(JSON.stringify(outcome)).toContain('The feature \\"n7\\" of merchant-churn alone has an AUC of 1.0000');
  });

  test("fails a model whose rows are learned from and judged on", async () => {
    const { featureSql } = merchantChurn;
    const repeating = featureSql.replace(
      /SELECT merchant_id::BIGINT .* AS row_id, monday/,
      "SELECT merchant_id AS row_id, monday",
    );
    expect(repeating).not.toBe(featureSql);
    const outcome = await preprocess({ featureSql: repeating });
    expect(outcome).toMatchObject({ outcome: "FAILED", error: "LeakageSuspectedError" });
    expect(JSON.stringify(outcome)).toMatch(/\d+ rows of merchant-churn stand in the training and in the test rows/);
  });
});
