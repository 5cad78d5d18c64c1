/** The payment world on disk: made once from a seed, then found again. */
import type { Chaos } from "./chaos.ts";

export interface WorldOptions {
  /** The folder that holds all worlds, usually that of the whole installation. */
  readonly home: string;
  /** Consecutive monthly runs that the data must suffice for; 3 when absent. A longer world only adds months. */
  readonly runs?: number;
  readonly seed?: number;
  /** 1,300 when absent; transactions and merchants grow with it. */
  readonly customers?: number;
  readonly chaos?: readonly Chaos[];
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

export async function ensureWorld(_options: WorldOptions): Promise<World> {
  throw new Error("not yet");
}
