/**
 * Cases of kind `validation`: the service's answer to a definition, alone (ValidateStateMachineDefinition) or as a
 * refusal of CreateStateMachine and UpdateStateMachine.
 */
import { invalidDefinitionMessage, validateDefinition, validateText } from "../../packages/asl/src/index.ts";
import type { Diagnostic, JsonValue } from "../../packages/asl/src/index.ts";
import { StepFunctionsService } from "../../packages/local-runner/src/api/index.ts";
import type { CaseOutcome, ConformanceCase } from "./case.ts";
import { differencesBetween, normalise } from "./compare.ts";

interface ValidationCase extends ConformanceCase {
  readonly operation: "CreateStateMachine" | "UpdateStateMachine" | "ValidateStateMachineDefinition";
  readonly params: { readonly name?: string; readonly stateMachineArn?: string };
  readonly stateMachineType?: "STANDARD" | "EXPRESS";
  readonly definition?: JsonValue;
  /** Exact text, where a re-serialisation would differ or is impossible. */
  readonly definitionText?: string;
  readonly expected: { readonly rejected: boolean; readonly recorded: unknown };
}

export function runValidation(conformanceCase: ConformanceCase): CaseOutcome | Promise<CaseOutcome> {
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
    return runCall(validation);
  }
  return runRefusal(validation);
}

/** What is refused for another reason than the definition, by a service that has a machine of that name. */
async function runCall({ definition, definitionText, ...validation }: ValidationCase): Promise<CaseOutcome> {
  const { expected, operation, params } = validation;
  if (JSON.stringify(expected.recorded).includes("Log Destination not found")) {
    return { kind: "unsupported", reason: "there are no log groups here that could be missing" };
  }
  // The SDK's own check, before any call.
  if (JSON.stringify(expected.recorded).startsWith('"Parameter validation failed')) {
    return { kind: "unsupported", reason: "the recording is about the SDK, not the service" };
  }
  const service = new StepFunctionsService();
  const [, name = ""] = /^(?:.*:stateMachine:)?([^:]+)/.exec(params.name ?? params.stateMachineArn ?? "") ?? [];
  const roleArn = "arn:aws:iam::111111111111:role/test";
  const existing = JSON.stringify({ StartAt: "State_1", States: { State_1: { Type: "Succeed" } } });
  await service.call("CreateStateMachine", { name, definition: existing, roleArn });
  const request = JSON.stringify({
    ...params,
    ...(operation === "CreateStateMachine" ? { definition: definitionText ?? JSON.stringify(definition) } : undefined),
  });
  const refusal = await service
    .call(operation, JSON.parse(request.replaceAll("111111111111", "123456789012")) as JsonValue)
    .catch((reason: unknown) => reason as Error);
  const { message, name: error } = refusal as Partial<Error>;
  const answer = refusalAsRecorded(validation, error, message);
  const text = JSON.stringify(answer).replaceAll("123456789012", "111111111111");
  return {
    kind: "ran",
    actual: { rejected: error !== undefined, error, message, diagnostics: [] },
    differences: differencesBetween(normalise(JSON.parse(text), validation), expected.recorded, validation),
  };
}

function runRefusal(validation: ValidationCase): CaseOutcome {
  const { expected } = validation;
  const diagnostics = diagnosticsOf(validation);
  const rejected = diagnostics.length > 0;
  const error = rejected ? "InvalidDefinition" : null;
  const message = rejected ? invalidDefinitionMessage(diagnostics) : null;
  const answer = refusalAsRecorded(validation, error, message);
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

/** A refusal is recorded as the response or as the text of the SDK's exception. */
function refusalAsRecorded(
  { operation, expected }: ValidationCase,
  error: string | null | undefined,
  message: string | null | undefined,
): unknown {
  if (typeof expected.recorded === "string") {
    return `An error occurred (${error}) when calling the ${operation} operation: ${message}`;
  }
  return {
    Error: { Code: error, Message: message },
    message,
    ResponseMetadata: { HTTPHeaders: {}, HTTPStatusCode: 400 },
  };
}
