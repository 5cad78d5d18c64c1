// JSON
export type { JsonArray, JsonObject, JsonPrimitive, JsonValue } from "./json.ts";
export { isJsonArray, isJsonObject } from "./json.ts";
// Definitions
export type * from "./definition.ts";
export type { ComparedType, ComparisonTraits } from "./comparison.ts";
export { comparisonOperators, isComparisonOperator } from "./comparison.ts";
export type { Field, FieldValue, ShapeName } from "./fields.ts";
export { fieldsOf, fieldTable, isStateType, stateTypes } from "./fields.ts";
export type { Limit } from "./limits.ts";
export { limits } from "./limits.ts";
// Reading and printing
export type { DuplicateKey, JsonTextError, ParsedJson } from "./json-text.ts";
export { jacksonLocation, keepNumberTexts, numberTextOf, parseJson, printJson } from "./json-text.ts";
export { printDefinition } from "./print.ts";
export type { FilledDefinition, Substitution } from "./substitution.ts";
export { fillSubstitutions, substitutionsOf } from "./substitution.ts";
// Structure
export type { WalkedGraph, WalkedState } from "./walk.ts";
export { walkGraphs, walkStates } from "./walk.ts";
// Diagnostics
export type { Diagnostic, SourceLocation } from "./diagnostic.ts";
// Evaluation
export type { Evaluated, EvaluationScope, RandomSource, VariableScope } from "./evaluation.ts";
export { EvaluationFailure } from "./evaluation.ts";
export { compareCodeUnits, deepEqual } from "./equality.ts";
export { ExpressionSyntaxError } from "./expression-syntax-error.ts";
// JSONPath
export type { CompiledPath } from "./path/compile-path.ts";
export { compilePath, compilePathText } from "./path/compile-path.ts";
export { parsePath, parseReferencePath } from "./path/parse-path.ts";
export type { Path, PathRoot, PathSegment } from "./path/path.ts";
export { writeAtPath } from "./path/write-at-path.ts";
