/** The payment world on disk: made once from a seed, then found again. */
import { randomUUID } from "node:crypto";
import { cp, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { readJsonIfPresent } from "../adapters/local/atomic-file.ts";
import { duckDbEngine } from "../adapters/duckdb-engine.ts";
import type { DuckDbSession } from "../adapters/duckdb-engine.ts";
import { mapInOrder } from "../in-order.ts";
import { sha256 } from "../sha256.ts";
import { runsOf } from "./calendar.ts";
import { applyChaos } from "./chaos.ts";
import type { Chaos } from "./chaos.ts";
import { writeCleanWorld } from "./clean-world.ts";

export interface WorldOptions {
  /** The folder that holds all worlds, usually that of the whole installation. */
  readonly home: string;
  /** Consecutive monthly runs that the data must suffice for; 3 when absent. A longer world only adds months. */
  readonly runs?: number;
  /** Its lowest 17 bits count. */
  readonly seed?: number;
  /** 1,300 when absent; transactions and merchants grow with it. */
  readonly customers?: number;
  readonly chaos?: readonly Chaos[];
  /** The day-by-day work of a new world, by month. */
  readonly onMonth?: (month: string, done: number, total: number) => void;
}

export interface World {
  /** Holds `raw/<table>/month=YYYY-MM/*.parquet`. */
  readonly folder: string;
  readonly runs: readonly WorldRun[];
  readonly transactions: number;
  /** False when the world was there already. */
  readonly created: boolean;
}

/** One monthly run that the world has data for. */
export interface WorldRun {
  readonly runId: string;
  readonly asOf: string;
}

/** Changes when the same seed would give another world. */
const simulatorVersion = 1;

interface Manifest {
  readonly simulatorVersion: number;
  readonly seed: number;
  readonly customers: number;
  readonly runs: number;
  readonly chaos: readonly Chaos[];
  readonly transactions: number;
}

/**
 * Finds the world or makes it. A world is whole or absent: it is made beside and renamed. One that is too short for
 * the runs is made longer, and the files that it had stay as they are. Chaos is done to a copy.
 */
export async function ensureWorld(options: WorldOptions): Promise<World> {
  const { home, onMonth, runs = 3, seed = 7, customers = 1_300, chaos = [] } = options;
  const worlds = path.join(home, "worlds");
  const name = worldName({ seed, customers, chaos });
  const folder = path.join(worlds, name);
  const found = await readManifest(folder);
  if (found !== undefined && found.runs >= runs) {
    return { folder, runs: runsOf(runs), transactions: found.transactions, created: false };
  }
  const clean = chaos.length === 0 ? undefined : await ensureWorld({ ...options, chaos: [] });
  const making = path.join(worlds, `.${name}.${randomUUID().slice(0, 8)}.part`);
  const engine = duckDbEngine();
  try {
    const transactions = await engine.session((session) =>
      clean === undefined
        ? writeCleanWorld(session, { folder: making, seed, customers, runs, onMonth })
        : disturb(session, clean, making, chaos, seed),
    );
    // The same bytes with their old times: who remembers a file by its time knows it again.
    if (clean === undefined && found !== undefined)
      await cp(folder, making, { recursive: true, preserveTimestamps: true });
    const manifest: Manifest = { simulatorVersion, seed, customers, runs, chaos, transactions };
    await writeFile(path.join(making, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    await putInPlace(making, folder, found !== undefined);
    return { folder, runs: runsOf(runs), transactions, created: true };
  } finally {
    await engine.close();
    await rm(making, { recursive: true, force: true });
  }
}

async function disturb(
  session: DuckDbSession,
  clean: World,
  folder: string,
  chaos: readonly Chaos[],
  seed: number,
): Promise<number> {
  await cp(clean.folder, folder, { recursive: true, preserveTimestamps: true });
  await mapInOrder(chaos, (kind) => applyChaos(session, path.join(folder, "raw"), kind, seed));
  return clean.transactions;
}

async function putInPlace(making: string, folder: string, replace: boolean): Promise<void> {
  if (replace) await rename(folder, `${making}.old`);
  try {
    await rename(making, folder);
  } catch (error) {
    // Another process may have been faster; its world is the same.
    if ((await readManifest(folder)) === undefined) throw error;
  }
  await rm(`${making}.old`, { recursive: true, force: true });
}

function readManifest(folder: string): Promise<Manifest | undefined> {
  return readJsonIfPresent<Manifest>(path.join(folder, "manifest.json"));
}

function worldName(about: { seed: number; customers: number; chaos: readonly Chaos[] }): string {
  const clean = `v${simulatorVersion}-seed${about.seed}-customers${about.customers}`;
  return about.chaos.length === 0 ? clean : `${clean}-chaos-${sha256(JSON.stringify(about.chaos)).slice(0, 8)}`;
}
