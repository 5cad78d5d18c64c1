import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { smallWorld, temporaryFolder } from "../../test/small-world.ts";
import { duckDbEngine } from "../adapters/local/duckdb-engine.ts";
import { sqlParquet } from "../sql.ts";
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

  test("only grows when it is made for more runs", async () => {
    const longer = await smallWorld(home, [], 2);
    const short = await hashes(world);
    const long = await hashes(longer);
    expect(Object.keys(long).length).toBeGreaterThan(Object.keys(short).length);
    expect(long).toMatchObject(short);
  });

  test("has believable rates and no payment after its end", async () => {
    const engine = duckDbEngine();
    const of = (table: string) => sqlParquet([path.join(world.folder, `raw/${table}/*/*.parquet`)]);
    const [facts] = await engine.query(`
      SELECT (SELECT count(*) FROM ${of("fraud_reports")}) / count(*) AS fraud,
             (SELECT count(*) FROM ${of("chargebacks")}) / count(*) AS chargebacks,
             (SELECT avg((NOT approved)::INTEGER) FROM ${of("authorizations")}) AS declined,
             max(event_time) AS latest, count(*) - count(DISTINCT payment_id) AS repeated
      FROM ${of("payments")}`);
    await engine.close();
    expect(facts?.["fraud"]).toBeGreaterThan(0.002);
    expect(facts?.["fraud"]).toBeLessThan(0.03);
    expect(facts?.["chargebacks"]).toBeGreaterThan(0.005);
    expect(facts?.["chargebacks"]).toBeLessThan(0.05);
    expect(facts?.["declined"]).toBeGreaterThan(0.01);
    expect(facts?.["declined"]).toBeLessThan(0.08);
    expect(String(facts?.["latest"]) < "2026-09-01").toBe(true);
    expect(facts?.["repeated"]).toBe(0);
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

async function hashes(world: World): Promise<Record<string, string>> {
  const raw = path.join(world.folder, "raw");
  const files = (await readdir(raw, { recursive: true })).filter((file) => file.endsWith(".parquet")).toSorted();
  const entries = files.map(async (file): Promise<[string, string]> => {
    const bytes = await readFile(path.join(raw, file));
    return [file.replaceAll(path.sep, "/"), createHash("sha256").update(bytes).digest("hex")];
  });
  return Object.fromEntries(await Promise.all(entries));
}
