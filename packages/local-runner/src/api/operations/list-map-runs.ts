import { reading } from "../operation.ts";
import { pageOf } from "../page.ts";
import { answer, optionalSeconds, seconds, textOf } from "../request-members.ts";
import { findExecution } from "../service-state.ts";

export const listMapRuns = reading(({ state }, request) => {
  const record = findExecution(state, textOf(request, "executionArn"));
  const { items, nextToken } = pageOf(record.mapRuns, "ListMapRuns", request, ({ mapRunArn }) => mapRunArn);
  const mapRuns = items.map(({ executionArn, mapRunArn, startedAtEpochMs, stoppedAtEpochMs }) =>
    answer({
      executionArn,
      mapRunArn,
      stateMachineArn: childMachineArn(mapRunArn),
      startDate: seconds(startedAtEpochMs),
      stopDate: optionalSeconds(stoppedAtEpochMs),
    }),
  );
  return answer({ mapRuns, nextToken });
});

/** `mapRun:Machine/label:run` belongs to `stateMachine:Machine/label`. */
function childMachineArn(mapRunArn: string): string {
  return mapRunArn.replace(":mapRun:", ":stateMachine:").replace(/:[^:]*$/, "");
}
