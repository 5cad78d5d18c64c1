/** Payload templates: JSON in which some values are expressions, as types and as printed ASL. */
import type { JsonValue, QueryLanguage } from "@stepwright/asl";
import type { Expression } from "./expression.ts";
import { nodeOf } from "./expression.ts";
import { printJsonata } from "./print-jsonata.ts";
import { printPath } from "./print-path.ts";

/** The JSON that a template stands for when the machine runs. */
export type Resolved<Template> = Template extends string | number | boolean | null
  ? Template
  : Template extends Expression<infer Value>
    ? Value
    : { -readonly [Key in keyof Template]: Resolved<Template[Key]> };

export const printTemplate: Record<QueryLanguage, (template: unknown) => JsonValue> = {
  JSONPath: printPathTemplate,
  JSONata: printJsonataTemplate,
};

function printPathTemplate(template: unknown): JsonValue {
  if (Array.isArray(template)) return template.map(printPathTemplate);
  if (typeof template !== "object" || template === null) return template as JsonValue;
  const entries = Object.entries(template).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([key, value]) =>
      isComputed(value) ? [`${key}.$`, printPath(value)] : [key, printPathTemplate(value)],
    ),
  );
}

/** An array with an expression directly inside has no template form; `States.Array` builds it. */
function isComputed(value: unknown): boolean {
  return nodeOf(value) !== undefined || (Array.isArray(value) && value.some(isComputed));
}

function printJsonataTemplate(template: unknown): JsonValue {
  if (nodeOf(template) !== undefined) return `{% ${printJsonata(template)} %}`;
  if (Array.isArray(template)) return template.map(printJsonataTemplate);
  if (typeof template !== "object" || template === null) return template as JsonValue;
  const entries = Object.entries(template).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([key, value]) => [key, printJsonataTemplate(value)]));
}
