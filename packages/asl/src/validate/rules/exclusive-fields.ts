/**
 * Fields of which a state has at most one, or exactly one.
 * See the ASL specification under each state type ("Next" and "End" in "Transitions").
 */
import type { StateType } from "../../definition.ts";
import { isStateType } from "../../fields.ts";
import type { JsonObject } from "../../json.ts";
import type { Rule } from "../report.ts";

interface FieldGroup {
  /** In the order in which the service lists them. */
  readonly fields: readonly string[];
  readonly one: "at most" | "exactly";
}

const atMost = (...fields: readonly string[]): FieldGroup => ({ fields, one: "at most" });
const exactly = (...fields: readonly string[]): FieldGroup => ({ fields, one: "exactly" });

const transition = exactly("Next", "End");

const groups: Readonly<Record<StateType, readonly FieldGroup[]>> = {
  Task: [
    transition,
    atMost("TimeoutSeconds", "TimeoutSecondsPath"),
    atMost("HeartbeatSeconds", "HeartbeatSecondsPath"),
  ],
  Parallel: [transition],
  Map: [
    transition,
    exactly("ItemProcessor", "Iterator"),
    atMost("ItemSelector", "Parameters"),
    atMost("MaxConcurrency", "MaxConcurrencyPath"),
    atMost("ToleratedFailurePercentage", "ToleratedFailurePercentagePath"),
    atMost("ToleratedFailureCount", "ToleratedFailureCountPath"),
  ],
  Pass: [transition],
  Wait: [transition, exactly("SecondsPath", "Seconds", "TimestampPath", "Timestamp")],
  Choice: [],
  Succeed: [],
  Fail: [atMost("Error", "ErrorPath"), atMost("Cause", "CausePath")],
};

export const exclusiveFields: Rule = ({ states }, report) => {
  for (const { value, place } of states) {
    const type = value["Type"];
    if (!isStateType(type)) continue;
    for (const { fields, one } of groups[type]) {
      let present = 0;
      for (const field of fields) if (isPresent(value, field)) present++;
      const listed = (): string => `[${fields.join(", ")}]`;
      if (present > 1) {
        report("SCHEMA_VALIDATION_FAILED", `There should only be one of the following fields: ${listed()}`, place);
      } else if (present === 0 && one === "exactly") {
        report(
          "SCHEMA_VALIDATION_FAILED",
          `This object should have only one of the following fields: ${listed()}`,
          place,
        );
      }
    }
  }
};

/** `"End": false` is as good as none. */
function isPresent(state: JsonObject, field: string): boolean {
  return Object.hasOwn(state, field) && !(field === "End" && state[field] === false);
}
