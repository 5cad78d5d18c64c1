/** Every port answered on this machine, below one folder. */
import type { Clock, Ports } from "../../ports.ts";

export interface LocalPortsOptions {
  /** The folder that everything lies in (`.stepwright`). */
  readonly home: string;
  /** A world's folder, with its data below `raw/`. */
  readonly world: string;
  readonly onTrainingProgress?: (progress: TrainingProgress) => void;
  readonly clock?: Clock;
  readonly failureMode?: Ports["failureMode"];
}

export interface TrainingProgress {
  readonly modelId: string;
  readonly jobName: string;
  /** From 1. */
  readonly round: number;
  readonly rounds: number;
  readonly validationLogLoss: number;
}

export interface LocalPorts extends Ports {
  /** Starts the endpoint when it is not up; it serves every champion under `/models/<modelId>/invocations`. */
  endpointUrl(): Promise<string>;
  /** Stops the endpoint and closes the data engine. */
  close(): Promise<void>;
}

export function localPorts(_options: LocalPortsOptions): LocalPorts {
  throw new Error("not yet");
}
