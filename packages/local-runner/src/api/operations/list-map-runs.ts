import { findExecution } from "../find-execution.ts";
import { reading } from "../operation.ts";
import { pageOf } from "../page.ts";
import { answer, optionalSeconds, seconds, textOf } from "../request-members.ts";

export const listMapRuns = reading((call, request) => {
  const record = findExecution(call, textOf(request, "executionArn"));
  const all = call.executions.runOf(record).mapRuns;
  const { items, nextToken } = pageOf(call, all, "ListMapRuns", request, ({ mapRunArn }) => mapRunArn);
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
