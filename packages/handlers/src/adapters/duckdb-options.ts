import type { DuckDbOptions } from "./duckdb-engine.ts";
import type { Environment } from "./port-choices.ts";

/** What DuckDB may take of a function's memory: the rows that models learn from lie beside it. */
const share = 0.6;

/** On Lambda, which names its memory in megabytes; the engine's own bounds elsewhere. */
export function duckDbOptionsIn(environment: Environment): DuckDbOptions {
  const megabytes = Number(environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]);
  return megabytes > 0 ? { memoryLimitMegabytes: Math.floor(megabytes * share) } : {};
}
