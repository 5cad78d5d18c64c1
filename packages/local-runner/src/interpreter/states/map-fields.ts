/** What the two modes of a Map say about their fields. */
import { EvaluationFailure, printJson } from "@stepwright/asl";
import type { JsonValue } from "@stepwright/asl";
import { runtimeError } from "../state-failure.ts";

/** The service also takes a text of digits (recorded). */
export function countOf(value: JsonValue): number | undefined {
  const count = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  return typeof count === "number" && Number.isInteger(count) && count >= 0 ? count : undefined;
}

/** The service prints a path into the context object with one `$` (recorded). */
export function notAnArray(isJsonata: boolean, path: string, items: JsonValue): EvaluationFailure {
  return isJsonata
    ? new EvaluationFailure(
        "States.QueryEvaluationError",
        `Map state input must be an array but was: ${printJson(items)}`,
      )
    : new EvaluationFailure(runtimeError, `Reference path "${path.replace(/^\$\$/, "$")}" must point to array.`);
}

/** @param path of the field's `…Path` twin, when that gave the value */
export function notACount(field: string, value: JsonValue, path: string | undefined): EvaluationFailure {
  return notANumber(field, value, path, "integer");
}

export function notANumber(
  field: string,
  value: JsonValue,
  path: string | undefined,
  wanted: "integer" | "float",
): EvaluationFailure {
  const found = typeof value === "string" ? value : JSON.stringify(value);
  return path === undefined
    ? new EvaluationFailure(
        "States.QueryEvaluationError",
        `The ${field} field refers to value "${found}" which is not a valid ${wanted}`,
        field,
      )
    : new EvaluationFailure(
        runtimeError,
        `The ${field}Path field refers to value "${found}" which is not a valid ${wanted}: ${path}`,
      );
}
