import { findMapRun } from "../find-map-run.ts";
import { reading } from "../operation.ts";
import { textOf } from "../request-members.ts";
import { validationError } from "../service-error.ts";

/** Takes effect at once: a higher limit starts children, a lower tolerance may fail the Map Run. */
export const updateMapRun = reading((call, request) => {
  const { mapRun, record } = findMapRun(call, textOf(request, "mapRunArn"));
  if (mapRun.status !== "RUNNING") {
    throw validationError("Map Run is completed and cannot be updated.", "CANNOT_UPDATE_COMPLETED_MAP_RUN");
  }
  const { mapRunArn: _same, ...change } = request;
  call.executions.updateMapRun(record, mapRun.mapRunArn, change);
  return {};
});
