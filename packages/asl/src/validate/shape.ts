/**
 * The definition against the field table: required, unknown and misplaced fields, and each value by its kind.
 * See the ASL specification, "Structure of a State Machine", and fields.ts.
 */
import type { QueryLanguage } from "../definition.ts";
import { fieldsOf, isStateType, requiredFieldsOf, stateTypes } from "../fields.ts";
import type { FieldValue, ShapeName } from "../fields.ts";
import { isJsonArray, isJsonObject } from "../json.ts";
import type { JsonObject, JsonValue } from "../json.ts";
import { placeIn } from "../place.ts";
import type { Place } from "../place.ts";
import { hasPlaceholder, isCloudFormationFunction } from "../substitution.ts";
import { queryLanguageOf } from "../walk.ts";
import type { Report, Rule } from "./report.ts";
import { checkBoolean } from "./values/boolean.ts";
import { checkExpression, isDelimited } from "./values/jsonata.ts";
import { checkNumber } from "./values/number.ts";
import { checkPath } from "./values/path.ts";
import { checkResource } from "./values/resource.ts";
import { checkTemplate } from "./values/template.ts";
import { checkText } from "./values/text.ts";
import { checkTimestamp } from "./values/timestamp.ts";
import type { CheckValue, ValueContext } from "./values/check-value.ts";

type Kind = FieldValue["kind"];

const checks: { readonly [K in Kind]: CheckValue<K> } = {
  text: checkText,
  timestamp: checkTimestamp,
  integer: checkNumber,
  number: checkNumber,
  boolean: checkBoolean,
  path: checkPath,
  template: checkTemplate,
  json: () => undefined,
  target: checkText,
  resource: checkResource,
  states: checkStates,
  object: checkObject,
  list: checkList,
};

export const shape: Rule = ({ definition }, report) => {
  const language = queryLanguageOf(definition, "JSONPath");
  checkFields(definition, "StateMachine", {
    shape: "StateMachine",
    name: "",
    place: undefined,
    language,
    machineLanguage: language,
    report,
  });
};

function checkValue<K extends Kind>(value: JsonValue, wanted: FieldValue & { kind: K }, context: ValueContext): void {
  if (hasPlaceholder(value) || isCloudFormationFunction(value)) return;
  checks[wanted.kind](value, wanted, context);
}

function checkFields(object: JsonObject, shapeName: ShapeName, context: ValueContext, misplaced = true): void {
  const { place, language, report } = context;
  const fields = fieldsOf(shapeName);
  const missing = requiredFieldsOf(shapeName).filter((name) => !Object.hasOwn(object, name));
  if (missing.length > 0) {
    // The service names States before StartAt.
    report("SCHEMA_VALIDATION_FAILED", `These fields are required: [${missing.toReversed().join(", ")}]`, place);
  }
  for (const name of Object.keys(object)) {
    const field = fields.get(name);
    if (field === undefined) {
      report("SCHEMA_VALIDATION_FAILED", `Field '${name}' is not supported`, place);
    } else if (field.language !== undefined && field.language !== language) {
      if (misplaced) reportMisplaced(name, field.language, context);
    } else {
      checkValue(object[name] as JsonValue, field.value, {
        shape: shapeName,
        name,
        place: placeIn(place, name),
        language,
        machineLanguage: context.machineLanguage,
        report,
      });
    }
  }
}

function reportMisplaced(name: string, only: QueryLanguage, { place, language, report }: ValueContext): void {
  report(
    "SCHEMA_VALIDATION_FAILED",
    `The QueryLanguage is set to '${language}', but field '${name}' is only supported for the '${only}' QueryLanguage`,
    place,
  );
}

function checkStates(value: JsonValue, _wanted: FieldValue, context: ValueContext): void {
  const { report, place } = context;
  if (!isJsonObject(value)) return reportType("OBJECT", report, place);
  const names = Object.keys(value);
  if (names.length === 0) report("SCHEMA_VALIDATION_FAILED", "Value cannot be empty", place);
  for (const name of names) checkState(value[name] as JsonValue, { ...context, name, place: placeIn(place, name) });
}

function checkState(state: JsonValue, context: ValueContext): void {
  const { report, place, machineLanguage } = context;
  if (!isJsonObject(state)) return reportType("OBJECT", report, place);
  const type = Object.hasOwn(state, "Type") ? state["Type"] : undefined;
  if (type === undefined) return report("SCHEMA_VALIDATION_FAILED", "These fields are required: [Type]", place);
  if (hasPlaceholder(type)) return;
  if (!isStateType(type)) {
    return report(
      "SCHEMA_VALIDATION_FAILED",
      `The field 'Type' should have one of these values: [${stateTypes.join(", ")}]`,
      placeIn(place, "Type"),
    );
  }
  const language = queryLanguageOf(state, machineLanguage);
  const downgraded = machineLanguage === "JSONata" && language === "JSONPath";
  if (downgraded) {
    report(
      "SCHEMA_VALIDATION_FAILED",
      "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
      place,
    );
  }
  checkFields(state, type, { ...context, language }, !downgraded);
}

function checkObject(value: JsonValue, wanted: FieldValue & { kind: "object" }, context: ValueContext): void {
  if (isJsonObject(value)) return checkFields(value, wanted.shape, context);
  if (wanted.expression === true && context.language === "JSONata" && isDelimited(value)) {
    return checkExpression(value, context);
  }
  reportType("OBJECT", context.report, context.place);
}

function checkList(value: JsonValue, wanted: FieldValue & { kind: "list" }, context: ValueContext): void {
  const { report, place } = context;
  if (!isJsonArray(value)) return reportType("ARRAY", report, place);
  if (wanted.nonEmpty === true && value.length === 0) {
    return report("SCHEMA_VALIDATION_FAILED", "Value cannot be empty", place);
  }
  value.forEach((item, index) => checkValue(item, wanted.of, { ...context, place: placeIn(place, index) }));
}

function reportType(type: "ARRAY" | "OBJECT", report: Report, place: Place | undefined): void {
  report("SCHEMA_VALIDATION_FAILED", `Expected value of type [${type}]`, place);
}
