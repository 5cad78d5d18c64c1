/**
 * Text that looks like a JSONPath where none is read: the service's three warnings.
 * See https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html.
 */
import { fieldsOf, isStateType } from "../../fields.ts";
import { isJsonArray, isJsonObject } from "../../json.ts";
import type { JsonValue } from "../../json.ts";
import { placeIn } from "../../place.ts";
import type { Place } from "../../place.ts";
import type { Report, Rule } from "../report.ts";

const pathLike = /^\$(?:$|[.[$])/;

export const pathLikeText: Rule = ({ states }, report) => {
  for (const { value, place, queryLanguage } of states) {
    const type = value["Type"];
    if (queryLanguage !== "JSONPath" || !isStateType(type)) continue;
    const fields = fieldsOf(type);
    for (const name of Object.keys(value)) {
      const member = value[name] as JsonValue;
      const kind = fields.get(name)?.value.kind;
      const memberPlace = placeIn(place, name);
      if (kind === "template") warnAboutKeys(member, memberPlace, report);
      else if (type === "Pass" && name === "Result") warnAboutResult(member, memberPlace, report);
      else if (fields.has(`${name}Path`) && typeof member === "string" && pathLike.test(member)) {
        report("NO_PATH", `The value of '${name}' looks like a path; did you mean '${name}Path'?`, memberPlace);
      }
    }
  }
};

function warnAboutKeys(value: JsonValue, place: Place, report: Report): void {
  eachMember(value, place, (key, member, memberPlace) => {
    if (key.endsWith(".$") || typeof member !== "string" || !pathLike.test(member)) return;
    report("NO_DOLLAR", `The value of '${key}' looks like a path; did you mean '${key}.$'?`, memberPlace);
  });
}

function warnAboutResult(value: JsonValue, place: Place, report: Report): void {
  eachMember(value, place, (key, _member, memberPlace) => {
    if (!key.endsWith(".$")) return;
    report("PASS_RESULT_IS_STATIC", `Result is not evaluated, so '${key}' stays as it is; use Parameters`, memberPlace);
  });
}

function eachMember(
  value: JsonValue,
  place: Place,
  visit: (key: string, member: JsonValue, place: Place) => void,
): void {
  if (isJsonArray(value)) {
    value.forEach((item, index) => eachMember(item, placeIn(place, index), visit));
  } else if (isJsonObject(value)) {
    for (const key of Object.keys(value)) {
      const member = value[key] as JsonValue;
      const memberPlace = placeIn(place, key);
      visit(key, member, memberPlace);
      eachMember(member, memberPlace, visit);
    }
  }
}
