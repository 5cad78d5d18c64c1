/** Every port answered on this machine, below one folder. */
import { modelCatalog } from "../../models/catalog.ts";
import type { Clock, ModelCatalog, Ports } from "../../ports.ts";
import { duckDbEngine } from "../duckdb-engine.ts";
import type { DuckDbOptions } from "../duckdb-engine.ts";
import { localAdapters } from "./local-adapters.ts";
import type { LocalAdaptersOptions } from "./local-adapters.ts";

export interface LocalPortsOptions extends Omit<LocalAdaptersOptions, "clock"> {
  /** `isolate` when absent. */
  readonly failureMode?: Ports["failureMode"];
  readonly catalog?: ModelCatalog;
  readonly clock?: Clock;
  readonly duckDb?: DuckDbOptions;
}

export interface LocalPorts extends Ports {
  /** Opens the endpoint, which serves every champion under `/models/<modelId>/invocations` and keeps the process
   *  alive until `close`. */
  endpointUrl(): Promise<string>;
  /** Stops the endpoint and closes the data engine. */
  close(): Promise<void>;
}

export function localPorts(options: LocalPortsOptions): LocalPorts {
  const { catalog = modelCatalog(), clock = { nowEpochMs: () => Date.now() }, failureMode = "isolate" } = options;
  const adapters = localAdapters({ ...options, clock });
  const engine = duckDbEngine(options.duckDb);
  const [objects, aliases] = [adapters.objects(), adapters.aliases()];
  const endpoints = adapters.endpoints({ objects, aliases });
  return {
    catalog,
    raw: adapters.raw(),
    objects,
    engine,
    ledger: adapters.ledger(),
    trainer: adapters.trainer({ engine, objects }),
    registry: adapters.registry(objects),
    aliases,
    endpoints,
    notifier: adapters.notifier(),
    clock,
    failureMode,
    endpointUrl: () => endpoints.open(),
    close: async () => {
      await endpoints.close();
      await engine.close();
    },
  };
}
