import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { bench, itemOf, retrain, smallCatalog, smallWorld, temporaryFolder } from "../test/small-world.ts";
import { mapInOrder } from "./in-order.ts";
import type { DataEngine } from "./index.ts";
import { handlers } from "./index.ts";

describe("a run of all models", async () => {
  const home = await temporaryFolder();
  const world = await smallWorld(home, [], 2);
  const { run, ports } = bench({ home, world: world.folder });
  const runs = await Promise.all(smallCatalog.modelIds.map((modelId) => retrain(run, itemOf(modelId))));

  test("deploys every model that had none", () => {
    expect(runs.map(({ status }) => [status.modelId, status.status])).toEqual(
      smallCatalog.modelIds.map((modelId) => [modelId, "DEPLOYED"]),
    );
    for (const { status } of runs) expect(status.serving).toBe(status.version);
  });

  test("keeps every payload far below the service's 256 KiB", () => {
    const largest = Math.max(...runs.flatMap(({ payloads }) => payloads.map((payload) => payload.length)));
    expect(largest).toBeGreaterThan(1_000);
    expect(largest).toBeLessThan(64 * 1_024);
  });

  test("leaves nothing half-made", async () => {
    const files = await readdir(home, { recursive: true });
    expect(files.filter((file) => file.endsWith(".part") || /making\/./.test(file))).toEqual([]);
  });

  test("writes Parquet with the label first and float32 columns only", async () => {
    const { preprocessed } = runs[0] ?? {};
    if (preprocessed?.outcome !== "OK") throw new Error("not preprocessed");
    const file = await ports.objects.localPath(preprocessed.features.splits.train.uri);
    const columns = await ports.engine.query(`DESCRIBE SELECT * FROM '${file}'`);
    expect(columns.map((column) => column["column_name"])).toEqual(["label", ...preprocessed.features.names]);
    expect(new Set(columns.map((column) => column["column_type"]))).toEqual(new Set(["FLOAT"]));
  });

  test("done again, gives the same answers without touching data, and tells nobody twice", async () => {
    const outbox = path.join(home, "outbox/outbox.jsonl");
    const before = await readFile(outbox, "utf8");
    const untouchable: DataEngine = {
      query: () => Promise.reject(new Error("The engine was asked.")),
      session: () => Promise.reject(new Error("The engine was asked.")),
    };
    const again = handlers({ ...ports, engine: untouchable });
    expect(await Promise.all(smallCatalog.modelIds.map((modelId) => retrain(again, itemOf(modelId))))).toEqual(runs);
    expect(await readFile(outbox, "utf8")).toBe(before);
  });

  test("done elsewhere, gives the same bytes", async () => {
    const otherHome = await temporaryFolder();
    const otherWorld = await smallWorld(otherHome, [], 2);
    const other = bench({ home: otherHome, world: otherWorld.folder, duckDb: { threads: 1 } });
    await mapInOrder(smallCatalog.modelIds, async (modelId, index) => {
      const { trained, status } = await retrain(other.run, itemOf(modelId));
      const { trained: first, status: firstStatus } = runs[index] ?? {};
      if (trained.outcome !== "OK" || first?.outcome !== "OK") throw new Error("not trained");
      expect(trained.dataset.sha256).toBe(first.dataset.sha256);
      expect(trained.features.sha256).toBe(first.features.sha256);
      expect(trained.training.modelSha256).toBe(first.training.modelSha256);
      expect(status.metrics).toEqual(firstStatus?.metrics);
    });
  });

  test("poisoned labels are rejected and a stale feed is skipped, while the old champions serve on", async () => {
    const bad = await smallWorld(
      home,
      [
        { kind: "poison-labels", modelId: "card-fraud", runId: "2026-10" },
        { kind: "stale-data", modelId: "auth-decline", runId: "2026-10" },
      ],
      2,
    );
    const { run: badRun, ports: badPorts } = bench({ home, world: bad.folder });
    const poisoned = await retrain(badRun, itemOf("card-fraud", "2026-10"));
    const stale = await retrain(badRun, itemOf("auth-decline", "2026-10"));
    expect(poisoned.status).toMatchObject({ status: "REJECTED", serving: runs[0]?.status.version });
    expect(poisoned.status.failedRules.join()).toMatch(/auc >= 0.55/);
    expect(poisoned.registered.status).toBe("Rejected");
    expect(stale.status).toMatchObject({ status: "SKIPPED", serving: runs[2]?.status.version });
    expect(stale.status.reason).toMatch(/^StaleDataError: authorizations/);
    expect(await badPorts.endpoints.score("card-fraud", [])).toMatchObject({ modelVersion: poisoned.status.serving });
    expect(await badPorts.endpoints.score("auth-decline", [])).toMatchObject({ modelVersion: stale.status.serving });
  });

  test("compares a challenger with the champion and keeps who was before it", async () => {
    const { status, evaluated, preprocessed, deployed } = await retrain(run, itemOf("auth-decline", "2026-10"));
    if (evaluated.outcome !== "OK" || preprocessed.outcome !== "OK") throw new Error("not evaluated");
    const before = runs[2]?.status.version;
    expect(evaluated.evaluation.champion?.version).toBe(before);
    expect(evaluated.evaluation.deltaPrauc?.lower).toBeLessThanOrEqual(evaluated.evaluation.deltaPrauc?.upper ?? -1);
    expect(preprocessed.features.drift?.comparedTo).toBe(before);
    expect(status.status).toBe("DEPLOYED");
    expect(deployed).toMatchObject({ serving: status.version, previous: before });
    expect(await ports.registry.versions("auth-decline")).toEqual([before, status.version]);
  });
});
