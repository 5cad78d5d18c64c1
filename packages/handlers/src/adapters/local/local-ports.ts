/** Every port answered on this machine, below one folder. */
import path from "node:path";
import { modelCatalog } from "../../models/catalog.ts";
import type { Clock, ModelCatalog, Ports } from "../../ports.ts";
import { localAliasStore } from "./alias-store.ts";
import type { FileOperations } from "./atomic-file.ts";
import { duckDbEngine } from "./duckdb-engine.ts";
import type { DuckDbOptions } from "./duckdb-engine.ts";
import { localEndpointHost } from "./endpoint-host.ts";
import { localLedger } from "./ledger.ts";
import { localModelRegistry } from "./model-registry.ts";
import { localObjectReader, localObjectStore } from "./object-store.ts";
import { localOutbox } from "./outbox.ts";
import { localTrainer } from "./trainer.ts";
import type { TrainingProgress } from "./trainer.ts";

export interface LocalPortsOptions {
  /** The folder that everything lies in (`.stepwright`). */
  readonly home: string;
  /** A world's folder, with its data below `raw/`. */
  readonly world: string;
  readonly onTrainingProgress?: (progress: TrainingProgress) => void;
  /** `isolate` when absent. */
  readonly failureMode?: Ports["failureMode"];
  readonly catalog?: ModelCatalog;
  readonly clock?: Clock;
  readonly files?: FileOperations;
  readonly duckDb?: DuckDbOptions;
  /** The endpoint's; any free one when absent. */
  readonly port?: number;
}

export interface LocalPorts extends Ports {
  /** Opens the endpoint, which serves every champion under `/models/<modelId>/invocations` and keeps the process
   *  alive until `close`. */
  endpointUrl(): Promise<string>;
  /** Stops the endpoint and closes the data engine. */
  close(): Promise<void>;
}

export function localPorts(options: LocalPortsOptions): LocalPorts {
  const home = path.resolve(options.home);
  const { files, clock = { nowEpochMs: () => Date.now() } } = options;
  const objects = localObjectStore(home, files);
  const engine = duckDbEngine(options.duckDb);
  const aliases = localAliasStore(path.join(home, "registry"), clock, files);
  const endpoints = localEndpointHost({ objects, aliases, port: options.port });
  return {
    catalog: options.catalog ?? modelCatalog(),
    raw: localObjectReader(path.resolve(options.world, "raw")),
    objects,
    engine,
    ledger: localLedger(path.join(home, "ledger"), files),
    trainer: localTrainer({ engine, objects, clock, onProgress: options.onTrainingProgress }),
    registry: localModelRegistry(path.join(home, "registry"), objects, files),
    aliases,
    endpoints,
    notifier: localOutbox(path.join(home, "outbox")),
    clock,
    failureMode: options.failureMode ?? "isolate",
    endpointUrl: () => endpoints.open(),
    close: async () => {
      await endpoints.close();
      await engine.close();
    },
  };
}
