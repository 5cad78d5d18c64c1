// JSON
export type { JsonArray, JsonObject, JsonPrimitive, JsonValue } from "./json.ts";
export { isJsonArray, isJsonObject } from "./json.ts";
// Definitions
export type * from "./definition.ts";
export type { ComparedType, ComparisonTraits } from "./comparison.ts";
export { comparisonOperators, isComparisonOperator } from "./comparison.ts";
export type { Field, FieldValue, ShapeName } from "./fields.ts";
export { fieldsOf, fieldTable, isStateType, stateTypes } from "./fields.ts";
export { definitionJsonSchema } from "./json-schema.ts";
export type { Limit } from "./limits.ts";
export { limits } from "./limits.ts";
// Reading and printing
export type { DuplicateKey, JsonTextError, ParsedJson } from "./text/json-text.ts";
export { jacksonLocation, keepNumberTexts, numberTextOf, parseJson, printJson } from "./text/json-text.ts";
export { printDefinition } from "./print.ts";
export type { FilledDefinition, Substitution } from "./substitution.ts";
export { fillSubstitutions, substitutionsOf } from "./substitution.ts";
export type {
  DefinitionFormat,
  DefinitionPositions,
  MemberPath,
  ParsedDefinitionText,
} from "./text/parsed-definition-text.ts";
export type { DefinitionTextOptions } from "./text/definition-text.ts";
export { parseDefinitionText } from "./text/definition-text.ts";
// Structure
export type { StateTransition } from "./graph.ts";
export { isTerminal, reachableStates, transitionsOf } from "./graph.ts";
export type { MapSize } from "./history-events.ts";
export { historyEventsOfGraph, historyEventsOfMap } from "./history-events.ts";
export type { WalkedGraph, WalkedState } from "./walk.ts";
export { queryLanguageOf, walkGraphs, walkStates } from "./walk.ts";
// Names and resources
export type { Arn, ArnHome, StatesArn } from "./arn.ts";
export { parseArn, parseStatesArn, printArn, printStatesArn } from "./arn.ts";
export type { ErrorNameTraits, ReservedErrorName } from "./error-names.ts";
export { isReservedErrorName, reservedErrors } from "./error-names.ts";
export type { IntegrationPattern } from "./integrations.ts";
export { optimizedIntegrations } from "./integrations.ts";
export { forbiddenCharacterIn, isValidAliasName, isValidName, nameWanted } from "./name.ts";
export type { TaskResource } from "./resource.ts";
export { parseTaskResource } from "./resource.ts";
// Diagnostics
export type { Diagnostic, SourceLocation } from "./diagnostic.ts";
export type { CodeTraits, DiagnosticCode, ValidateOptions } from "./validate/index.ts";
export { diagnosticCodes, invalidDefinitionMessage, validateDefinition, validateText } from "./validate/index.ts";
// Evaluation
export type { Evaluated, EvaluationScope, RandomSource, VariableScope } from "./evaluation.ts";
export { EvaluationFailure } from "./evaluation.ts";
export { compareCodeUnits, deepEqual } from "./equality.ts";
export { ExpressionSyntaxError } from "./expression-syntax-error.ts";
export { seededRandom, uuidFrom } from "./random.ts";
// JSONPath
export type { CompiledPath } from "./path/compile-path.ts";
export { compilePath, compilePathText } from "./path/compile-path.ts";
export { parsePath, parseReferencePath } from "./path/parse-path.ts";
export type { Path, PathRoot, PathSegment } from "./path/path.ts";
export { writeAtPath } from "./path/write-at-path.ts";
// Intrinsic functions
export type { CompiledIntrinsic } from "./intrinsic/compile-intrinsic.ts";
export { compileIntrinsic, compileIntrinsicText } from "./intrinsic/compile-intrinsic.ts";
export type { IntrinsicArgument, IntrinsicCall, IntrinsicName } from "./intrinsic/intrinsic.ts";
export { intrinsicFunctions, isIntrinsicName } from "./intrinsic/intrinsic-functions.ts";
export { parseIntrinsic } from "./intrinsic/parse-intrinsic.ts";
// Payload templates
export type { CompiledTemplate, CompiledTemplateValue } from "./template/compile-template.ts";
export { compileTemplate, compileTemplateValue, TemplateError } from "./template/compile-template.ts";
// JSONata
export type { CompiledJsonata, JsonataField, JsonTypeName } from "./jsonata/compile-jsonata.ts";
export { compileJsonata, jsonataIn, jsonTypeOf, unexpectedType } from "./jsonata/compile-jsonata.ts";
export type { CompiledJsonataTemplate } from "./jsonata/compile-jsonata-template.ts";
export { compileJsonataTemplate } from "./jsonata/compile-jsonata-template.ts";
export { jsonataLimits } from "./jsonata/limits.ts";
export type { JsonataReferences } from "./jsonata/references.ts";
// Variables
export { variableReferences } from "./variable-references.ts";
