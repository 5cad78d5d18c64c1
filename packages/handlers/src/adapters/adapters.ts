import type { Ports } from "../ports.ts";

/**
 * One way of answering every port. Each call makes a port; what a port is made of comes in, so that it need not be
 * answered in the same way.
 */
export interface Adapters {
  raw(): Ports["raw"];
  objects(): Ports["objects"];
  ledger(): Ports["ledger"];
  aliases(): Ports["aliases"];
  notifier(): Ports["notifier"];
  registry(objects: Ports["objects"]): Ports["registry"];
  trainer(made: Pick<Ports, "engine" | "objects">): Ports["trainer"];
  endpoints(made: Pick<Ports, "objects" | "aliases">): Ports["endpoints"];
}
