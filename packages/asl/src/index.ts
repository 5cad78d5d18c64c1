// JSON
export type { JsonArray, JsonObject, JsonPrimitive, JsonValue } from "./json.ts";
export { isJsonArray, isJsonObject } from "./json.ts";
// Definitions
export type * from "./definition.ts";
// Diagnostics
export type { Diagnostic, SourceLocation } from "./diagnostic.ts";
// Evaluation
export type { Evaluated, EvaluationScope, RandomSource, VariableScope } from "./evaluation.ts";
export { EvaluationFailure } from "./evaluation.ts";
