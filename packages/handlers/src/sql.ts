/** Values as SQL text. */

export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function sqlTimestamp(epochMs: number): string {
  return `TIMESTAMP '${new Date(epochMs).toISOString().slice(0, 19).replace("T", " ")}'`;
}

/** The rows of files of this machine, in their order; the folders' names are not data. */
export function sqlParquet(paths: readonly string[]): string {
  return `read_parquet([${paths.map((path) => sqlText(path)).join(", ")}], hive_partitioning = false)`;
}
