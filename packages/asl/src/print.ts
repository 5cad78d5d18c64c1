/** A definition as text: two spaces, fields in the field table's order, unknown fields after, a final newline. */
import type { StateMachineDefinition } from "./definition.ts";
import { fieldsOf, isStateType } from "./fields.ts";
import type { FieldValue, ShapeName } from "./fields.ts";
import { isJsonArray, isJsonObject } from "./json.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import { keepNumberTexts, printJson } from "./text/json-text.ts";

/**
 * The same definition gives the same bytes, whatever the order in which its fields were written.
 * States keep their own order, and numbers that came from text keep that text (`1.0`).
 */
export function printDefinition(definition: StateMachineDefinition | JsonObject): string {
  return `${printJson(orderObject(definition as JsonObject, "StateMachine"), 2)}\n`;
}

function orderObject(source: JsonObject, shape: ShapeName): JsonObject {
  const fields = fieldsOf(shape);
  const entries: [string, JsonValue][] = [];
  for (const [name, field] of fields) {
    if (Object.hasOwn(source, name)) entries.push([name, orderValue(source[name] as JsonValue, field.value)]);
  }
  for (const name of Object.keys(source)) {
    if (!fields.has(name)) entries.push([name, source[name] as JsonValue]);
  }
  return keepNumberTexts(source, Object.fromEntries(entries));
}

function orderValue(value: JsonValue, wanted: FieldValue): JsonValue {
  if (wanted.kind === "object" && isJsonObject(value)) return orderObject(value, wanted.shape);
  if (wanted.kind === "list" && isJsonArray(value)) {
    return keepNumberTexts(
      value,
      value.map((item) => orderValue(item, wanted.of)),
    );
  }
  if (wanted.kind === "states" && isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, state]) => [name, orderState(state)]));
  }
  return value;
}

function orderState(state: JsonValue): JsonValue {
  return isJsonObject(state) && isStateType(state["Type"]) ? orderObject(state, state["Type"]) : state;
}
