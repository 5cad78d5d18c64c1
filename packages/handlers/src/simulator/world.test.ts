import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { smallWorld, temporaryFolder } from "../../test/small-world.ts";
import { duckDbEngine } from "../adapters/duckdb-engine.ts";
import { sqlParquetBelow } from "../sql.ts";
import { ensureWorld } from "./world.ts";
import type { World } from "./world.ts";

describe("the payment world", async () => {
  const home = await temporaryFolder();
  const world = await smallWorld(home);

  test("is the same bytes from the same seed, and others from another seed", async () => {
    const again = await smallWorld(await temporaryFolder());
    const other = await ensureWorld({ home, customers: 60, runs: 1, seed: 8 });
    expect(await hashes(again)).toEqual(await hashes(world));
    expect(await hashes(other)).not.toEqual(await hashes(world));
  });

  test("is found, not made, the second time", async () => {
    const payments = path.join(world.folder, "raw/payments/month=2026-03/part-0.parquet");
    const before = await stat(payments);
    const found = await smallWorld(home);
    expect(found).toEqual({ ...world, created: false });
    expect((await stat(payments)).mtimeMs).toBe(before.mtimeMs);
  });

  test("only grows when it must suffice for more runs: what was there stays, bytes and times", async () => {
    const ownHome = await temporaryFolder();
    const before = await facts(await smallWorld(ownHome));
    const after = await facts(await smallWorld(ownHome, [], 2));
    const anew = await hashes(await smallWorld(await temporaryFolder(), [], 2));
    expect(Object.keys(after).length).toBeGreaterThan(Object.keys(before).length);
    expect(after).toMatchObject(before);
    expect(await hashes(await smallWorld(ownHome))).toEqual(anew);
    expect(await readdir(path.join(ownHome, "worlds"))).toEqual(["v1-seed7-customers60"]);
  });

  test("has believable rates and no payment after its end", async () => {
    const engine = duckDbEngine();
    const [rates] = await engine.query(`
      SELECT (SELECT count(*) FROM ${tableOf(world, "fraud_reports")}) / count(*) AS fraud,
             (SELECT count(*) FROM ${tableOf(world, "chargebacks")}) / count(*) AS chargebacks,
             (SELECT avg((NOT approved)::INTEGER) FROM ${tableOf(world, "authorizations")}) AS declined,
             max(event_time) AS latest, count(*) - count(DISTINCT payment_id) AS repeated
      FROM ${tableOf(world, "payments")}`);
    await engine.close();
    expect(rates?.["fraud"]).toBeGreaterThan(0.002);
    expect(rates?.["fraud"]).toBeLessThan(0.03);
    expect(rates?.["chargebacks"]).toBeGreaterThan(0.005);
    expect(rates?.["chargebacks"]).toBeLessThan(0.05);
    expect(rates?.["declined"]).toBeGreaterThan(0.01);
    expect(rates?.["declined"]).toBeLessThan(0.08);
    expect(String(rates?.["latest"]) < "2026-09-01").toBe(true);
    expect(rates?.["repeated"]).toBe(0);
  });

  test("stays as it is when chaos is done to a copy", async () => {
    const before = await hashes(world);
    const chaotic = await smallWorld(home, [{ kind: "poison-labels", modelId: "card-fraud", runId: "2026-09" }]);
    const after = await hashes(chaotic);
    expect(await hashes(world)).toEqual(before);
    const changed = Object.keys(before).filter((file) => before[file] !== after[file]);
    expect(changed).toEqual([
      "fraud_reports/month=2026-07/part-0.parquet",
      "fraud_reports/month=2026-08/part-0.parquet",
    ]);
  });

  test("leaves nothing half-made beside it", async () => {
    expect((await readdir(path.join(home, "worlds"))).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("refuses chaos for a model that has no feed", async () => {
    const unknown = smallWorld(home, [{ kind: "stale-data", modelId: "weather", runId: "2026-09" }]);
    await expect(unknown).rejects.toThrow('No data feed is known for the model "weather"');
  });
});

function tableOf(world: World, table: string): string {
  return sqlParquetBelow(path.join(world.folder, "raw", table));
}

async function facts(world: World): Promise<Record<string, string>> {
  const times = Object.entries(await hashes(world)).map(async ([file, hash]): Promise<[string, string]> => {
    const { mtimeMs } = await stat(path.join(world.folder, "raw", file));
    return [file, `${hash} ${Math.round(mtimeMs)}`];
  });
  return Object.fromEntries(await Promise.all(times));
}

async function hashes(world: World): Promise<Record<string, string>> {
  const raw = path.join(world.folder, "raw");
  const files = (await readdir(raw, { recursive: true })).filter((file) => file.endsWith(".parquet")).toSorted();
  const entries = files.map(async (file): Promise<[string, string]> => {
    const bytes = await readFile(path.join(raw, file));
    return [file.replaceAll(path.sep, "/"), createHash("sha256").update(bytes).digest("hex")];
  });
  return Object.fromEntries(await Promise.all(entries));
}
