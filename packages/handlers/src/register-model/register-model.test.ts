import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { bench, itemOf, smallWorld, temporaryFolder } from "../../test/small-world.ts";

describe("a registration", async () => {
  const home = await temporaryFolder();
  const world = await smallWorld(home);
  const { run, ports } = bench({ home, world: world.folder });
  const item = itemOf("merchant-churn");
  const evaluated = await run.EvaluateModel(
    await run.LaunchTrainingJob(await run.PreprocessFeatures(await run.IngestTrainingData(item))),
  );
  if (evaluated.outcome !== "OK") throw new Error("not evaluated");
  const registered = await run.RegisterModel(evaluated);

  test("keeps the model, its record and its card together", async () => {
    const folder = path.dirname(fileURLToPath(registered.recordUri ?? ""));
    const record = JSON.parse(await readFile(path.join(folder, "record.json"), "utf8"));
    expect(record).toMatchObject({ version: evaluated.modelVersion, status: "Approved", modelId: "merchant-churn" });
    expect(await readFile(path.join(folder, "model.json"))).toEqual(
      await readFile(fileURLToPath(evaluated.training.modelUri)),
    );
    expect(await readFile(path.join(folder, "card.md"), "utf8")).toContain("# Merchant about to leave");
  });

  test("does not move the alias: that is the deployment's to do", async () => {
    expect(await ports.aliases.read("merchant-churn")).toEqual({});
  });

  test("never overwrites a version", async () => {
    const record = await ports.registry.find("merchant-churn", evaluated.modelVersion);
    if (record === undefined) throw new Error("not registered");
    const before = await readFile(fileURLToPath(registered.recordUri ?? ""), "utf8");
    await ports.registry.register({ ...record, status: "Rejected", card: "" });
    const other = ports.registry.register({ ...record, modelSha256: "other", card: "" });
    await expect(other).rejects.toMatchObject({ name: "RegistryConflictError" });
    expect(await readFile(fileURLToPath(registered.recordUri ?? ""), "utf8")).toBe(before);
  });

  test("tells a rejected version by its failed rules", async () => {
    const rule = { rule: "auc >= 0.9", passed: false, value: 0.5 };
    const rejected = {
      ...evaluated,
      runId: "2026-10",
      modelVersion: "2026-10-rejected",
      decision: "REJECT" as const,
      evaluation: { ...evaluated.evaluation, rules: [rule] },
    };
    expect(await run.RegisterModel(rejected)).toMatchObject({
      status: "Rejected",
      failedRules: ["auc >= 0.9 (0.5000)"],
    });
  });
});
