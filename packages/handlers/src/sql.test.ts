import { mkdir } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../test/small-world.ts";
import { duckDbEngine } from "./adapters/duckdb-engine.ts";
import { sqlParquet, sqlText, sqlTimestamp } from "./sql.ts";

test("a text is a text, whatever it holds", () => {
  expect(sqlText("card-fraud'; DROP TABLE payments; --")).toBe("'card-fraud''; DROP TABLE payments; --'");
});

test("a moment that is none is no SQL", () => {
  expect(sqlTimestamp(Date.UTC(2026, 8, 1))).toBe("TIMESTAMP '2026-09-01 00:00:00'");
  expect(() => sqlTimestamp(Number.NaN)).toThrow(RangeError);
});

test("a path is one file and never a pattern", async () => {
  const folder = path.join(await temporaryFolder(), "it's [a] folder");
  await mkdir(folder);
  const engine = duckDbEngine();
  await engine.session(async (session) => {
    await session.writeParquet("SELECT 1 AS a", path.join(folder, "one.parquet"));
    expect(await session.query(`SELECT * FROM ${sqlParquet([path.join(folder, "one.parquet")])}`)).toEqual([{ a: 1 }]);
    await expect(session.query(`SELECT * FROM ${sqlParquet([path.join(folder, "*.parquet")])}`)).rejects.toThrow(
      /No files found/,
    );
  });
  await engine.close();
});
