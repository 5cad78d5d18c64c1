/**
 * Retriers and Catchers that never act: all their errors are taken earlier, or no error bears the name.
 * See the ASL specification, "Retrying after error" and "Fallback states".
 */
import { isReservedErrorName, reservedErrors } from "../../error-names.ts";
import type { ReservedErrorName } from "../../error-names.ts";
import { placeIn } from "../../place.ts";
import type { Report, Rule } from "../report.ts";
import { errorHandlersOf } from "./error-handlers.ts";
import type { ErrorHandler } from "./error-handlers.ts";

const unreachable = { Retry: "UNREACHABLE_RETRIER", Catch: "UNREACHABLE_CATCHER" } as const;

export const idleHandlers: Rule = ({ states }, report) => {
  for (const state of states) {
    for (const field of ["Retry", "Catch"] as const) checkHandlers(errorHandlersOf(state, field), report);
  }
};

function checkHandlers(handlers: readonly ErrorHandler[], report: Report): void {
  const taken = new Set<string>();
  for (const handler of handlers) {
    const { errors, field, place } = handler;
    errors.forEach((error, index) => {
      if (!error.startsWith("States.") || isReservedErrorName(error)) return;
      report(
        "UNKNOWN_ERROR_NAME",
        `'${error}' is not an error name of the service`,
        placeIn(placeIn(place, "ErrorEquals"), index),
      );
    });
    const idle = errors.filter((error) => isTaken(error, taken) || isBeyond(error, field));
    if (errors.length > 0 && idle.length === errors.length) {
      report(
        unreachable[field],
        `No error gets here: ${idle.map((error) => reasonFor(error, taken)).join("; ")}`,
        place,
      );
    }
    for (const error of errors) taken.add(error);
  }
}

function isTaken(error: string, taken: ReadonlySet<string>): boolean {
  if (taken.has(error) || taken.has("States.ALL")) return true;
  return taken.has("States.TaskFailed") && error !== "States.Timeout" && error !== "States.ALL";
}

function isBeyond(error: string, field: "Retry" | "Catch"): boolean {
  if (!Object.hasOwn(reservedErrors, error)) return false;
  const traits = reservedErrors[error as ReservedErrorName];
  return field === "Retry" ? !traits.retriable : !traits.catchable;
}

function reasonFor(error: string, taken: ReadonlySet<string>): string {
  return isTaken(error, taken) ? `'${error}' is taken by an earlier entry` : `'${error}' is never handled`;
}
