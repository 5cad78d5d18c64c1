/**
 * DuckDB as the data engine: in memory, opened at the first query, shared by all handlers of the process.
 *
 * The library is loaded lazily: a run whose results are all known never pays for it.
 */
import { tmpdir } from "node:os";
import path from "node:path";
import type { DuckDBConnection, DuckDBInstance, DuckDBMaterializedResult } from "@duckdb/node-api";
import { computeInPieces } from "../in-order.ts";
import { featureMatrix, labelledMatrix } from "../learning/index.ts";
import { sqlText } from "../sql.ts";
import type { DataEngine, DataSession, SqlRow, SqlValue } from "../ports.ts";

export interface DuckDbEngine extends DataEngine {
  session<Result>(work: (session: DuckDbSession) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export interface DuckDbSession extends DataSession {
  /** A temporary table of 32-bit integers; `null` is allowed. */
  createTable(name: string, columns: Readonly<Record<string, readonly (number | null)[]>>): Promise<void>;
}

export interface DuckDbOptions {
  readonly memoryLimitMegabytes?: number;
  readonly threads?: number;
}

export function duckDbEngine(options: DuckDbOptions = {}): DuckDbEngine {
  let opening: Promise<DuckDBInstance> | undefined;

  async function open(): Promise<DuckDBInstance> {
    const { DuckDBInstance } = await import("@duckdb/node-api");
    return DuckDBInstance.create(":memory:", {
      memory_limit: `${options.memoryLimitMegabytes ?? 1_500}MB`,
      threads: String(options.threads ?? 2),
      // What does not fit into memory; without this DuckDB makes a folder where the process happens to stand.
      temp_directory: path.join(tmpdir(), "stepwright-duckdb"),
    });
  }

  async function session<Result>(work: (session: DuckDbSession) => Promise<Result>): Promise<Result> {
    opening ??= open();
    const connection = await (await opening).connect();
    try {
      return await work(sessionOver(connection));
    } finally {
      connection.closeSync();
    }
  }

  return {
    session,
    query: (sql) => session((one) => one.query(sql)),
    close: async () => {
      const instance = await opening;
      opening = undefined;
      instance?.closeSync();
    },
  };
}

function sessionOver(connection: DuckDBConnection): DuckDbSession {
  const columnsOf = async (sql: string) => {
    const result = await connection.run(sql);
    return { names: result.columnNames(), columns: await floatColumns(result) };
  };
  return {
    run: async (sql) => {
      await connection.run(sql);
    },
    query: async (sql) => {
      const rows = await (await connection.run(sql)).getRowObjectsJS();
      return rows.map((row) => plainRow(row));
    },
    writeParquet: async (sql, file) => {
      await connection.run(
        `COPY (${sql}) TO ${sqlText(file)} (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 122880)`,
      );
    },
    matrix: async (sql) => {
      const { names, columns } = await columnsOf(sql);
      return featureMatrix(names, columns);
    },
    labelledMatrix: async (sql, labelColumn) => {
      const { names, columns } = await columnsOf(sql);
      const place = names.indexOf(labelColumn);
      const others = <Item>(items: readonly Item[]) => items.filter((_, index) => index !== place);
      return labelledMatrix(others(names), others(columns), Uint8Array.from(columns[place] ?? []));
    },
    createTable: (name, columns) => createTable(connection, name, columns),
  };
}

async function floatColumns(result: DuckDBMaterializedResult): Promise<Float32Array<ArrayBuffer>[]> {
  const chunks = await result.fetchAllChunks();
  const rows = chunks.reduce((total, chunk) => total + chunk.rowCount, 0);
  return computeInPieces(Array(result.columnCount).keys(), (place) => {
    const column = new Float32Array(rows);
    let row = 0;
    for (const chunk of chunks) {
      for (const value of chunk.getColumnValues(place)) column[row++] = value === null ? Number.NaN : Number(value);
    }
    return column;
  });
}

async function createTable(
  connection: DuckDBConnection,
  name: string,
  columns: Readonly<Record<string, readonly (number | null)[]>>,
): Promise<void> {
  const { DuckDBDataChunk, INTEGER } = await import("@duckdb/node-api");
  const names = Object.keys(columns);
  const values = Object.values(columns);
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${name} (${names.map((column) => `${column} INTEGER`).join(", ")})`,
  );
  const appender = await connection.createAppender(name, "main", "temp");
  const chunkRows = 2_048;
  const types = names.map(() => INTEGER);
  const rows = values[0]?.length ?? 0;
  for (let start = 0; start < rows; start += chunkRows) {
    const chunk = DuckDBDataChunk.create(types, Math.min(chunkRows, rows - start));
    chunk.setColumns(values.map((column) => column.slice(start, start + chunkRows)));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

function plainRow(row: Readonly<Record<string, unknown>>): SqlRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: unknown): SqlValue {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Date) return value.toISOString();
  throw new TypeError(`A query gave a value of a type that no row carries: ${typeof value}.`);
}
