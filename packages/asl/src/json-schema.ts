/**
 * The field table as JSON Schema (draft 2020-12), for editors and for whoever checks definitions without us.
 *
 * It says less than the validator: which query language a state has follows from the machine, so the fields of both
 * languages are allowed, and no rule that looks at several fields is in it.
 */
import type { StateType } from "./definition.ts";
import { fieldTable, fieldsOf, requiredFieldsOf, stateTypes } from "./fields.ts";
import type { FieldValue, ShapeName } from "./fields.ts";
import type { JsonObject, JsonValue } from "./json.ts";

type SchemaOf<Kind extends FieldValue["kind"]> = (wanted: FieldValue & { readonly kind: Kind }) => JsonObject;

const placeholder = { $ref: "#/$defs/Placeholder" };
const expression = { $ref: "#/$defs/JSONataExpression" };

const schemas: { readonly [Kind in FieldValue["kind"]]: SchemaOf<Kind> } = {
  text: ({ oneOf }) => (oneOf === undefined ? { type: "string" } : { anyOf: [{ enum: oneOf }, placeholder] }),
  // RFC 3339, a placeholder or an expression: all are text, and formats are opinions of whoever reads the schema.
  timestamp: () => ({ type: "string" }),
  integer: numberSchema,
  number: numberSchema,
  boolean: ({ expression: dynamic }) => alternatives({ type: "boolean" }, dynamic),
  path: ({ nullable }) => ({ type: nullable === true ? ["string", "null"] : "string" }),
  template: ({ of }) => (of === "any" ? {} : { anyOf: [{ type: of }, expression, placeholder] }),
  json: () => ({}),
  target: () => ({ type: "string" }),
  resource: () => ({ anyOf: [{ type: "string" }, { $ref: "#/$defs/CloudFormationFunction" }] }),
  states: () => ({ type: "object", minProperties: 1, additionalProperties: { $ref: "#/$defs/State" } }),
  object: ({ shape, expression: dynamic }) => (dynamic === true ? { anyOf: [refTo(shape), expression] } : refTo(shape)),
  list: ({ of, nonEmpty }) => ({ type: "array", items: schemaOf(of), ...(nonEmpty === true ? { minItems: 1 } : {}) }),
};

/** The schema of a whole definition, made anew at each call. */
export function definitionJsonSchema(): JsonObject {
  const shapes = Object.keys(fieldTable) as readonly ShapeName[];
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Amazon States Language",
    ...refTo("StateMachine"),
    $defs: {
      Placeholder: { type: "string", pattern: "\\$\\{[A-Za-z0-9_.:-]+\\}" },
      JSONataExpression: { type: "string", pattern: "^\\{%[\\s\\S]*%\\}$" },
      CloudFormationFunction: {
        type: "object",
        minProperties: 1,
        maxProperties: 1,
        patternProperties: { "^(Ref|Fn::.+)$": true },
        additionalProperties: false,
      },
      State: {
        type: "object",
        required: ["Type"],
        properties: { Type: { anyOf: [{ enum: stateTypes }, placeholder] } },
        allOf: stateTypes.map(fieldsOfType),
      },
      ...Object.fromEntries(shapes.map((shape) => [shape, shapeSchema(shape)])),
    },
  };
}

function fieldsOfType(type: StateType): JsonObject {
  // JSON Schema's word, not a promise's.
  // oxlint-disable-next-line unicorn/no-thenable
  return { if: { properties: { Type: { const: type } } }, then: refTo(type) };
}

function shapeSchema(shape: ShapeName): JsonObject {
  const fields = [...fieldsOf(shape)];
  const required = requiredFieldsOf(shape);
  return {
    type: "object",
    properties: Object.fromEntries(fields.map(([name, field]) => [name, schemaOf(field.value)])),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
}

function schemaOf<Kind extends FieldValue["kind"]>(wanted: FieldValue & { readonly kind: Kind }): JsonObject {
  return schemas[wanted.kind](wanted);
}

function numberSchema({
  kind,
  minimum,
  maximum,
  expression: dynamic,
}: FieldValue & { kind: "integer" | "number" }): JsonObject {
  const bounds = { ...(minimum === undefined ? {} : { minimum }), ...(maximum === undefined ? {} : { maximum }) };
  return alternatives({ type: kind, ...bounds }, dynamic);
}

function alternatives(schema: JsonObject, dynamic: true | undefined): JsonObject {
  const choices: readonly JsonValue[] = dynamic === true ? [schema, expression, placeholder] : [schema, placeholder];
  return { anyOf: choices };
}

function refTo(shape: ShapeName): JsonObject {
  return { $ref: `#/$defs/${shape}` };
}
