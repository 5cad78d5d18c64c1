export type { CodeTraits, DiagnosticCode } from "./codes.ts";
export { diagnosticCodes } from "./codes.ts";
export { invalidDefinitionMessage } from "./invalid-definition.ts";
export type { ValidateOptions } from "./report.ts";
export { validateDefinition } from "./validate-definition.ts";
export { validateText } from "./validate-text.ts";
