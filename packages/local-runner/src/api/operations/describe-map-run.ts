import type { JsonObject } from "@stepwright/asl";
import { findMapRun } from "../find-map-run.ts";
import type { MapRunCounts } from "../../map-run/map-run.ts";
import { reading } from "../operation.ts";
import { answer, optionalSeconds, seconds, textOf } from "../request-members.ts";

export const describeMapRun = reading((call, request) => {
  const { mapRun } = findMapRun(call, textOf(request, "mapRunArn"));
  const { redriveCount } = mapRun;
  const isRedriven = redriveCount > 0;
  return answer({
    mapRunArn: mapRun.mapRunArn,
    executionArn: mapRun.executionArn,
    status: mapRun.status,
    startDate: seconds(mapRun.startedAtEpochMs),
    stopDate: optionalSeconds(mapRun.stoppedAtEpochMs),
    maxConcurrency: mapRun.maxConcurrency,
    toleratedFailurePercentage: mapRun.toleratedFailurePercentage,
    toleratedFailureCount: mapRun.toleratedFailureCount,
    itemCounts: countsOf(mapRun.itemCounts, isRedriven),
    executionCounts: countsOf(mapRun.executionCounts, isRedriven),
    // A recording from before there were redrives shows nothing of them.
    redriveCount: isRedriven ? redriveCount : undefined,
    redriveDate: optionalSeconds(mapRun.redrivenAtEpochMs),
  });
});

function countsOf(counts: MapRunCounts, isRedriven: boolean): JsonObject {
  const { failuresNotRedrivable, pendingRedrive, ...others } = counts;
  return { ...others, ...(isRedriven ? { failuresNotRedrivable, pendingRedrive } : undefined) };
}
