import { expect, test } from "vitest";
import { duckDbEngine } from "./duckdb-engine.ts";
import { duckDbOptionsIn } from "./duckdb-options.ts";

test("on Lambda DuckDB takes a share of the function's memory", async () => {
  const options = duckDbOptionsIn({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "4096" });
  expect(options).toEqual({ memoryLimitMegabytes: 2457 });
  const engine = duckDbEngine(options);
  const [setting] = await engine.query("SELECT current_setting('memory_limit') AS bound");
  expect(setting?.["bound"]).toMatch(/^2\.2 GiB$/);
  await engine.close();
});

test.each([[{}], [{ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "" }], [{ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "much" }]])(
  "elsewhere it has its own bound: %j",
  (environment) => {
    expect(duckDbOptionsIn(environment)).toEqual({});
  },
);
