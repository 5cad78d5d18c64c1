/**
 * Cases of kind `validation`: the service's answer to a definition, alone (ValidateStateMachineDefinition) or as a
 * refusal of CreateStateMachine and UpdateStateMachine.
 */
import { invalidDefinitionMessage, validateDefinition, validateText } from "../../packages/asl/src/index.ts";
import type { Diagnostic, JsonValue } from "../../packages/asl/src/index.ts";
import type { CaseOutcome, ConformanceCase } from "./case.ts";
import { differencesBetween, normalise } from "./compare.ts";

interface ValidationCase extends ConformanceCase {
  readonly operation: "CreateStateMachine" | "UpdateStateMachine" | "ValidateStateMachineDefinition";
  readonly stateMachineType?: "STANDARD" | "EXPRESS";
  readonly definition?: JsonValue;
  /** Exact text, where a re-serialisation would differ or is impossible. */
  readonly definitionText?: string;
  readonly expected: { readonly rejected: boolean; readonly recorded: unknown };
}

export function runValidation(conformanceCase: ConformanceCase): CaseOutcome {
  const validation = conformanceCase as ValidationCase;
  const { operation, expected } = validation;
  if (operation === "ValidateStateMachineDefinition") {
    const diagnostics = diagnosticsOf(validation);
    const answer = { diagnostics, result: diagnostics.length > 0 ? "FAIL" : "OK", truncated: false };
    return {
      kind: "ran",
      actual: { rejected: false, error: null, message: null, diagnostics },
      differences: differencesBetween(
        normalise({ ...answer, ResponseMetadata: { HTTPHeaders: {}, HTTPStatusCode: 200 } }, validation),
        expected.recorded,
        validation,
      ),
    };
  }
  if (expected.rejected && !concernsDefinition(expected.recorded)) {
    return { kind: "unsupported", reason: "the refusal depends on more than the definition" };
  }
  return runRefusal(validation);
}

function runRefusal(validation: ValidationCase): CaseOutcome {
  const { operation, expected } = validation;
  const diagnostics = diagnosticsOf(validation);
  const rejected = diagnostics.length > 0;
  const error = rejected ? "InvalidDefinition" : null;
  const message = rejected ? invalidDefinitionMessage(diagnostics) : null;
  // A refusal is recorded as the response or as the text of the SDK's exception.
  const answer =
    typeof expected.recorded === "string"
      ? `An error occurred (${error}) when calling the ${operation} operation: ${message}`
      : {
          Error: { Code: error, Message: message },
          message,
          ResponseMetadata: { HTTPHeaders: {}, HTTPStatusCode: 400 },
        };
  const differences =
    rejected === expected.rejected
      ? differencesBetween(normalise(answer, validation), expected.recorded, validation)
      : [{ path: "$.rejected", expected: expected.rejected, actual: rejected }];
  return { kind: "ran", actual: { rejected, error, message, diagnostics }, differences };
}

function diagnosticsOf({ definition, definitionText, stateMachineType }: ValidationCase): readonly Diagnostic[] {
  const options = { severity: "ERROR", ...(stateMachineType === undefined ? {} : { type: stateMachineType }) } as const;
  const found =
    definitionText === undefined
      ? validateDefinition(definition ?? null, options)
      : validateText(definitionText, { ...options, format: "json" });
  return found.map(({ source: _ours, ...diagnostic }) => diagnostic);
}

function concernsDefinition(recorded: unknown): boolean {
  return JSON.stringify(recorded).includes("InvalidDefinition");
}
