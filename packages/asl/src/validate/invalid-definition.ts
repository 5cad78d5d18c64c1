/** How CreateStateMachine and UpdateStateMachine tell what ValidateStateMachineDefinition lists. */
import type { Diagnostic } from "../diagnostic.ts";

/** The message of an `InvalidDefinition` refusal; warnings are no reason to refuse. */
export function invalidDefinitionMessage(diagnostics: readonly Diagnostic[]): string {
  const reasons = diagnostics
    .filter(({ severity }) => severity === "ERROR")
    .map(({ code, message, location }) => `${code}: ${message} at ${location ?? null}`);
  return `Invalid State Machine Definition: '${reasons.join(", ")}'`;
}
