/** One option as one ASL field. */
import type { JsonObject, JsonValue, QueryLanguage } from "@stepwright/asl";
import { printPath } from "./print-path.ts";
import { scope } from "./scope.ts";
import { printTemplate } from "./template.ts";

export type PrintOption = (value: unknown, language: QueryLanguage) => JsonObject;

export function literal(field: string): PrintOption {
  return (value) => ({ [field]: value as JsonValue });
}

export function template(field: string): PrintOption {
  return (value, language) => ({ [field]: printTemplate[language](evaluate(value)) });
}

/** In JSONPath a computed value has the field's `…Path` form. */
export function literalOrComputed(field: string): PrintOption {
  return (value, language) => {
    if (typeof value !== "function") return { [field]: value as JsonValue };
    const computed = evaluate(value);
    return language === "JSONPath"
      ? { [`${field}Path`]: printPath(computed) }
      : { [field]: printTemplate.JSONata(computed) };
  };
}

export function evaluate(callback: unknown): unknown {
  return (callback as (from: typeof scope) => unknown)(scope);
}
