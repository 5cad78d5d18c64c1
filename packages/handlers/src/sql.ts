/** Values as SQL text. */

export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function sqlTimestamp(epochMs: number): string {
  return `TIMESTAMP '${new Date(epochMs).toISOString().slice(0, 19).replace("T", " ")}'`;
}

/** The rows of files of this machine, in their order; the folders' names are not data, and no name is a pattern. */
export function sqlParquet(paths: readonly string[]): string {
  return readParquet(paths.map((path) => literal(path)));
}

/** The rows of all Parquet files in a folder and below it. */
export function sqlParquetBelow(folder: string): string {
  return readParquet([`${literal(folder)}/**/*.parquet`]);
}

function readParquet(patterns: readonly string[]): string {
  return `read_parquet([${patterns.map((pattern) => sqlText(pattern)).join(", ")}], hive_partitioning = false)`;
}

/** As a pattern that only this path fits. */
function literal(path: string): string {
  return path.replaceAll(/[[*?]/g, "[$&]");
}
