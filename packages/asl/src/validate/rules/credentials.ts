/**
 * Credentials name a role, and an activity has none.
 * See https://docs.aws.amazon.com/step-functions/latest/dg/concepts-access-cross-acct-resources.html.
 */
import { isJsonObject } from "../../json.ts";
import { placeIn } from "../../place.ts";
import { parseTaskResource } from "../../resource.ts";
import type { Rule } from "../report.ts";

export const credentials: Rule = ({ states }, report) => {
  for (const { value, place, queryLanguage } of states) {
    if (value["Type"] !== "Task" || !Object.hasOwn(value, "Credentials")) continue;
    const given = value["Credentials"];
    const hasRole =
      isJsonObject(given) &&
      (Object.hasOwn(given, "RoleArn") || (queryLanguage === "JSONPath" && Object.hasOwn(given, "RoleArn.$")));
    if (isJsonObject(given) && !hasRole) {
      report(
        "SCHEMA_VALIDATION_FAILED",
        "The field 'RoleArn' is required but was missing",
        placeIn(place, "Credentials"),
      );
    }
    const resource = value["Resource"];
    if (typeof resource === "string" && parseTaskResource(resource)?.kind === "activity") {
      report(
        "SCHEMA_VALIDATION_FAILED",
        "The field 'Credentials' is not supported for activities",
        placeIn(place, "Credentials"),
      );
    }
  }
};
