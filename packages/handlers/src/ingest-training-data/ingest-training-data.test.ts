import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { bench, itemOf, smallWorld, temporaryFolder } from "../../test/small-world.ts";
import type { Chaos } from "../simulator/chaos.ts";

describe("ingest", async () => {
  const home = await temporaryFolder();
  const clean = await smallWorld(home);
  const { run } = bench({ home, world: clean.folder });

  test("keeps one snapshot of what was known at asOf, and says what it holds", async () => {
    const ingested = await run.IngestTrainingData(itemOf("card-fraud"));
    expect(ingested).toMatchObject({ outcome: "OK", modelId: "card-fraud", dataset: { sourcePartitions: 12 } });
    if (ingested.outcome !== "OK") return;
    expect(ingested.dataset.maxEventTime < "2026-09-01").toBe(true);
    expect(ingested.dataset.minEventTime >= "2026-03-05").toBe(true);
    const report = JSON.parse(await readFile(fileURLToPath(ingested.dataChecks.reportUri), "utf8"));
    expect(report.checks.length).toBe(ingested.dataChecks.passed + ingested.dataChecks.warned.length);
  });

  test("refuses a model that is not in the catalog", async () => {
    await expect(run.IngestTrainingData(itemOf("weather"))).rejects.toMatchObject({
      name: "UnknownModelError",
      message: 'There is no model "weather"; wanted one of card-fraud, chargeback-risk, auth-decline, merchant-churn.',
    });
  });

  test("refuses an event that does not fit the contract", async () => {
    const event = { ...itemOf("card-fraud"), runId: "../../etc" };
    await expect(run.IngestTrainingData(event)).rejects.toMatchObject({ name: "ContractViolationError" });
  });

  const bad: readonly { chaos: Chaos; modelId: string; stopped: object; reason: RegExp }[] = [
    {
      chaos: { kind: "stale-data", modelId: "auth-decline", runId: "2026-09" },
      modelId: "auth-decline",
      stopped: { outcome: "SKIPPED", error: "StaleDataError" },
      reason: /^authorizations: fresh within 48 h \(the newest row is of 2026-08-24T/,
    },
    {
      chaos: { kind: "drop-day", table: "payments", runId: "2026-09" },
      modelId: "card-fraud",
      stopped: { outcome: "SKIPPED", error: "StaleDataError" },
      reason: /payments: no missing day \(1 of 180 days have no row/,
    },
    {
      chaos: { kind: "shift-units", table: "payments", runId: "2026-09" },
      modelId: "card-fraud",
      stopped: { outcome: "SKIPPED", error: "DataValidationError" },
      reason: /payments: amount_cents keeps its unit/,
    },
    {
      chaos: { kind: "duplicate-keys", table: "payments", runId: "2026-09" },
      modelId: "card-fraud",
      stopped: { outcome: "SKIPPED", error: "DataValidationError" },
      reason: /payments: no repeated key \(25 repeated; wanted 0\)/,
    },
    {
      chaos: { kind: "leak-pan", runId: "2026-09" },
      modelId: "card-fraud",
      stopped: { outcome: "FAILED", error: "PanDetectedError" },
      reason: /payments: no card number in reference \(16 digits beginning with 4; wanted none\)/,
    },
  ];

  test.each(bad)("ends the run as data: $chaos.kind", async ({ chaos, modelId, stopped, reason }) => {
    const world = await smallWorld(home, [chaos]);
    const damaged = bench({ home, world: world.folder });
    const outcome = await damaged.run.IngestTrainingData(itemOf(modelId));
    expect(outcome).toMatchObject({ ...stopped, stoppedAt: "ingest" });
    if (outcome.outcome === "OK") return;
    expect(outcome.reason).toMatch(reason);
    expect(outcome.reason).not.toContain("4111");
    const report = await readFile(fileURLToPath(outcome.reportUri ?? ""), "utf8");
    expect(report).toContain('"verdict": "failed"');
  });

  test("asks for a missing month again, and gives up as data on the last attempt", async () => {
    const world = await smallWorld(home, [{ kind: "drop-month", table: "payments", runId: "2026-09" }]);
    const damaged = bench({ home, world: world.folder });
    const message = "There is no data for payments month=2026-08; wanted 2026-03 to 2026-08.";
    const ingest = () => damaged.run.IngestTrainingData(itemOf("card-fraud"));
    await expect(ingest()).rejects.toMatchObject({ name: "SourceNotReadyError", message });
    await expect(ingest()).rejects.toMatchObject({ name: "SourceNotReadyError", message });
    expect(await ingest()).toMatchObject({ outcome: "FAILED", reason: message });
  });

  describe("with a damaged copy", async () => {
    const ownHome = await temporaryFolder();
    const world = await smallWorld(ownHome);
    const file = path.join(world.folder, "raw/chargebacks/month=2026-07/part-0.parquet");

    test("names a file that cannot be read", async () => {
      await writeFile(file, "not Parquet at all");
      const damaged = bench({ home: ownHome, world: world.folder });
      const outcome = await damaged.run.IngestTrainingData(itemOf("chargeback-risk"));
      expect(outcome).toMatchObject({ outcome: "FAILED", error: "SourceUnreadableError" });
      expect(JSON.stringify(outcome)).toContain("chargebacks/month=2026-07/part-0.parquet cannot be read as Parquet");
    });

    test("names a column of another type, and forgets the failure once the source is mended", async () => {
      const damaged = bench({ home: ownHome, world: world.folder });
      const good = path.join(clean.folder, "raw/chargebacks/month=2026-07/part-0.parquet");
      await rm(file);
      await damaged.ports.engine.session((session) =>
        session.writeParquet(`SELECT * REPLACE (merchant_id::VARCHAR AS merchant_id) FROM '${good}'`, file),
      );
      const outcome = await damaged.run.IngestTrainingData(itemOf("chargeback-risk"));
      expect(outcome).toMatchObject({ outcome: "FAILED", error: "SchemaMismatchError" });
      expect(JSON.stringify(outcome)).toContain("merchant_id is VARCHAR, wanted INTEGER");
      await writeFile(file, await readFile(good));
      expect(await damaged.run.IngestTrainingData(itemOf("chargeback-risk"))).toMatchObject({ outcome: "OK" });
    });
  });
});
