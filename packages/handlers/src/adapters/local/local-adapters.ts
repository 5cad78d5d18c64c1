/** Every port answered on this machine, below one folder. */
import path from "node:path";
import type { Clock } from "../../ports.ts";
import type { Adapters } from "../adapters.ts";
import { inProcessTrainer } from "../in-process-trainer.ts";
import type { TrainingProgress } from "../in-process-trainer.ts";
import { localAliasStore } from "./alias-store.ts";
import type { FileOperations } from "./atomic-file.ts";
import { localEndpointHost } from "./endpoint-host.ts";
import type { LocalEndpointHost } from "./endpoint-host.ts";
import { localLedger } from "./ledger.ts";
import { localModelRegistry } from "./model-registry.ts";
import { localObjectReader, localObjectStore } from "./object-store.ts";
import { localOutbox } from "./outbox.ts";

export interface LocalAdaptersOptions {
  /** The folder that everything lies in (`.stepwright`). */
  readonly home: string;
  /** A world's folder, with its data below `raw/`. */
  readonly world: string;
  readonly clock: Clock;
  readonly onTrainingProgress?: (progress: TrainingProgress) => void;
  readonly files?: FileOperations;
  /** The endpoint's; any free one when absent. */
  readonly port?: number;
}

export interface LocalAdapters extends Adapters {
  endpoints(made: Parameters<Adapters["endpoints"]>[0]): LocalEndpointHost;
}

export function localAdapters(options: LocalAdaptersOptions): LocalAdapters {
  const home = path.resolve(options.home);
  const { clock, files, port } = options;
  const registry = path.join(home, "registry");
  return {
    raw: () => localObjectReader(path.resolve(options.world, "raw")),
    objects: () => localObjectStore(home, files),
    ledger: () => localLedger(path.join(home, "ledger"), files),
    aliases: () => localAliasStore(registry, clock, files),
    notifier: () => localOutbox(path.join(home, "outbox")),
    registry: (objects) => localModelRegistry(registry, objects, files),
    trainer: (made) => inProcessTrainer({ ...made, clock, onProgress: options.onTrainingProgress }),
    endpoints: (made) => localEndpointHost({ ...made, port }),
  };
}
