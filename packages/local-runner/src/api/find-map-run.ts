import type { MapRun } from "../map-run/map-run.ts";
import type { ExecutionRecord } from "./records.ts";
import { noSuchResource } from "./service-error.ts";
import { arnOf } from "./service-state.ts";
import type { ServiceState } from "./service-state.ts";

/** @throws ServiceError `InvalidArn`, `ResourceNotFound` */
export function findMapRun(
  state: ServiceState,
  mapRunArn: string,
): { readonly mapRun: MapRun; readonly record: ExecutionRecord } {
  arnOf(mapRunArn, "mapRun");
  for (const record of state.executions.values()) {
    const mapRun = record.mapRuns.find((candidate) => candidate.mapRunArn === mapRunArn);
    if (mapRun !== undefined) return { mapRun, record };
  }
  throw noSuchResource(mapRunArn);
}
