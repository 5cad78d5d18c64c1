import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { smallWorld, temporaryFolder } from "../../test/small-world.ts";
import { duckDbEngine } from "../adapters/duckdb-engine.ts";
import { mapInOrder } from "../in-order.ts";
import { models } from "../models/catalog.ts";
import type { ModelSpec } from "../models/model-spec.ts";
import type { DataSession } from "../ports.ts";
import { sqlParquetBelow } from "../sql.ts";

describe("the features of a row", async () => {
  const world = await smallWorld(await temporaryFolder());
  const engine = duckDbEngine();
  afterAll(() => engine.close());

  test.each(models)("of $modelId do not change when all that happened later is deleted", async (spec) => {
    await engine.session(async (session) => {
      await computeFeatures(session, world.folder, spec, "2026-07-01", "features_then");
      await computeFeatures(session, world.folder, spec, "2026-09-01", "features_now");
      const then = earlyRows(spec, "features_then");
      const now = earlyRows(spec, "features_now");
      const [facts] = await session.query(`SELECT count(*) AS n FROM (${then})`);
      expect(facts?.["n"]).toBeGreaterThan(300);
      expect(await session.query(`(${then} EXCEPT ALL ${now}) LIMIT 3`)).toEqual([]);
      expect(await session.query(`(${now} EXCEPT ALL ${then}) LIMIT 3`)).toEqual([]);
    });
  });
});

async function computeFeatures(
  session: DataSession,
  world: string,
  spec: ModelSpec,
  cut: string,
  table: string,
): Promise<void> {
  await mapInOrder(spec.sources, async (source) => {
    const rows = sqlParquetBelow(path.join(world, "raw", source.table));
    await session.run(
      `CREATE OR REPLACE TEMP VIEW ${source.table} AS SELECT * FROM ${rows} WHERE ${source.timeColumn} < TIMESTAMP '${cut}'`,
    );
  });
  await session.run(`CREATE OR REPLACE TEMP TABLE snapshot AS ${spec.snapshotSql} ORDER BY event_time, row_id`);
  await session.run(`CREATE TEMP TABLE ${table} AS ${spec.featureSql}`);
}

/** All but the label, which time may change: it arrives late. */
function earlyRows(spec: ModelSpec, table: string): string {
  return `SELECT row_id, event_time, ${spec.features.join(", ")} FROM ${table} WHERE event_time < TIMESTAMP '2026-06-30'`;
}
