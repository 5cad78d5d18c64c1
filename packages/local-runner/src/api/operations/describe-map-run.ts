import type { JsonObject } from "@stepwright/asl";
import { findMapRun } from "../find-map-run.ts";
import { reading } from "../operation.ts";
import { answer, optionalSeconds, seconds, textOf } from "../request-members.ts";

export const describeMapRun = reading(({ state }, request) => {
  const { mapRun } = findMapRun(state, textOf(request, "mapRunArn"));
  return answer({
    mapRunArn: mapRun.mapRunArn,
    executionArn: mapRun.executionArn,
    status: mapRun.status,
    startDate: seconds(mapRun.startedAtEpochMs),
    stopDate: optionalSeconds(mapRun.stoppedAtEpochMs),
    maxConcurrency: mapRun.maxConcurrency,
    toleratedFailurePercentage: mapRun.toleratedFailurePercentage,
    toleratedFailureCount: mapRun.toleratedFailureCount,
    itemCounts: { ...mapRun.itemCounts } satisfies JsonObject,
    executionCounts: { ...mapRun.executionCounts } satisfies JsonObject,
  });
});
