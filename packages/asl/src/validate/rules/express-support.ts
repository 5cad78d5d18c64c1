/**
 * What an Express machine cannot do: wait for a job, a token or an activity, and start child executions.
 * See https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html. The states of a distributed Map
 * whose ExecutionType is EXPRESS are held to the same.
 */
import { placeIn } from "../../place.ts";
import { parseTaskResource } from "../../resource.ts";
import type { WalkedState } from "../../walk.ts";
import { isDistributedMap, processorConfigOf } from "../map-mode.ts";
import type { Rule } from "../report.ts";

// The blank at the end is the service's.
const refusals = {
  sync: "Express state machine does not support '.sync' service integration",
  waitForTaskToken: "Express state machine does not support '.waitForTaskToken' service integration ",
};

export const expressSupport: Rule = ({ states, options }, report) => {
  const machineIsExpress = options.type === "EXPRESS";
  for (const state of states) {
    const { value, place } = state;
    if (machineIsExpress && isDistributedMap(state)) {
      const field = processorConfigOf(state)?.field ?? "ItemProcessor";
      report(
        "SCHEMA_VALIDATION_FAILED",
        "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines",
        placeIn(placeIn(placeIn(place, field), "ProcessorConfig"), "Mode"),
      );
    }
    if (value["Type"] !== "Task" || typeof value["Resource"] !== "string") continue;
    if (!machineIsExpress && !runsInExpressChild(state)) continue;
    const resource = parseTaskResource(value["Resource"]);
    if (resource === undefined || resource.kind === "lambda") continue;
    if (resource.kind === "activity") {
      report(
        "SCHEMA_VALIDATION_FAILED",
        "Express state machine does not support Activity ARN",
        placeIn(place, "Resource"),
      );
    } else if (resource.pattern !== "requestResponse") {
      report("SCHEMA_VALIDATION_FAILED", refusals[resource.pattern], placeIn(place, "Resource"));
    }
  }
};

function runsInExpressChild(state: WalkedState): boolean {
  for (let owner = state.graph.owner; owner !== undefined; owner = owner.graph.owner) {
    if (isDistributedMap(owner)) return processorConfigOf(owner)?.config["ExecutionType"] === "EXPRESS";
  }
  return false;
}
