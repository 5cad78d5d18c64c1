/** `States.ALL` stands alone in its ErrorEquals, in the last entry. See the ASL specification, "Errors". */
import { placeIn } from "../../place.ts";
import type { Rule } from "../report.ts";
import { errorHandlersOf } from "./error-handlers.ts";

export const catchAll: Rule = ({ states }, report) => {
  for (const state of states) {
    for (const field of ["Retry", "Catch"] as const) {
      for (const { errors, isLast, place } of errorHandlersOf(state, field)) {
        const index = errors.indexOf("States.ALL");
        if (index === -1 || (errors.length === 1 && isLast)) continue;
        report(
          "SCHEMA_VALIDATION_FAILED",
          "States.ALL must appear alone and at end of list",
          placeIn(placeIn(place, "ErrorEquals"), index),
        );
      }
    }
  }
};
