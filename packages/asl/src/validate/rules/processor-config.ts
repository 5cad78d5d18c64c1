/**
 * ExecutionType belongs to a distributed Map, which needs it.
 * See https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html.
 */
import { placeIn } from "../../place.ts";
import { processorConfigOf } from "../map-mode.ts";
import type { Rule } from "../report.ts";

export const processorConfig: Rule = ({ states }, report) => {
  for (const state of states) {
    const found = processorConfigOf(state);
    if (found === undefined) continue;
    const { config, field } = found;
    const place = placeIn(placeIn(state.place, field), "ProcessorConfig");
    const isDistributed = config["Mode"] === "DISTRIBUTED";
    if (isDistributed && !Object.hasOwn(config, "ExecutionType")) {
      report("SCHEMA_VALIDATION_FAILED", "These fields are required: [ExecutionType]", place);
    } else if (!isDistributed && Object.hasOwn(config, "ExecutionType")) {
      report("SCHEMA_VALIDATION_FAILED", "Field 'ExecutionType' is not supported", place);
    }
  }
};
