import { findMapRun } from "../find-map-run.ts";
import { notHereYet } from "../not-here-yet.ts";
import { reading } from "../operation.ts";
import { textOf } from "../request-members.ts";
import { validationError } from "../service-error.ts";

export const updateMapRun = reading(({ state }, request) => {
  const { mapRun } = findMapRun(state, textOf(request, "mapRunArn"));
  if (mapRun.status !== "RUNNING") {
    throw validationError("Map Run is completed and cannot be updated.", "CANNOT_UPDATE_COMPLETED_MAP_RUN");
  }
  throw notHereYet("UpdateMapRun");
});
