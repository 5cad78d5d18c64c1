/** A mock, checked as the service checks it: against the state's type, then against what its integration answers. */
import { isJsonObject } from "@stepwright/asl";
import type { JsonValue, State, StateType } from "@stepwright/asl";
import { parseTaskTarget } from "../tasks/task-target.ts";
import { resultShape } from "./result-shape.ts";
import type { FieldShape, ObjectShape } from "./result-shapes.ts";
import { invalid } from "./test-state-refusal.ts";
import type { FieldValidationMode, StateMock } from "./test-state-request.ts";
import { parsedMember } from "./tested-state.ts";

export type CheckedMock =
  | { readonly kind: "result"; readonly result: JsonValue; readonly text: string }
  | { readonly kind: "error"; readonly error: string | undefined; readonly cause: string | undefined };

/** @throws TestStateRefusal with AWS's words */
export function checkedMock(
  { errorOutput, fieldValidationMode = "STRICT", result: text }: StateMock,
  state: State,
): CheckedMock {
  if (text !== undefined && errorOutput !== undefined) {
    throw invalid("A test mock should have only one of the following fields: [result, errorOutput].");
  }
  const check = checks[state.Type];
  if (check === undefined) throw invalid(`State type '${state.Type}' is not supported when a mock is specified`);
  if (text === undefined) return { kind: "error", error: errorOutput?.error, cause: errorOutput?.cause };
  const result = parsedMember(text, "Mocked result must be valid JSON");
  check(result, state, fieldValidationMode);
  return { kind: "result", result, text };
}

type CheckResult = (result: JsonValue, state: State, mode: FieldValidationMode) => void;

const checks: Readonly<Partial<Record<StateType, CheckResult>>> = {
  Task(result, state, mode) {
    if (mode === "NONE" || state.Type !== "Task") return;
    const target = parseTaskTarget(state.Resource);
    if (target?.kind !== "integration") return;
    const shape = resultShape(target);
    if (shape !== undefined && isJsonObject(result)) checkObject(result, shape, mode);
  },
  Map(result, state) {
    const exports = state.Type === "Map" && state.ResultWriter?.Resource !== undefined;
    if (exports && !isJsonObject(result)) throw invalid("Mocked result must be a JSON object.");
    if (!exports && !Array.isArray(result)) throw invalid("Mocked result must be an array.");
  },
  Parallel(result, state) {
    if (!Array.isArray(result)) throw invalid("Mocked result must be an array.");
    if (state.Type === "Parallel" && result.length !== state.Branches.length) {
      throw invalid("Mocked result must contain the same number of items as number of Parallel branches.");
    }
  },
};

function checkObject(value: JsonValue, { fields, required = [] }: ObjectShape, mode: FieldValidationMode): void {
  const object = value as Readonly<Record<string, JsonValue>>;
  const missing = mode === "STRICT" ? required.find((name) => !Object.hasOwn(object, name)) : undefined;
  if (missing !== undefined) throw schemaError(`Required field '${missing}' is missing`);
  for (const [name, member] of Object.entries(object)) {
    if (Object.hasOwn(fields, name)) checkField(name, member, fields[name]!, mode);
  }
}

/** How each type is recognised, and what the service calls it. */
const types: Readonly<Record<FieldShape["type"], readonly [wanted: string, is: (value: JsonValue) => boolean]>> = {
  string: ["a string", isText],
  timestamp: ["a string", isText],
  blob: ["a string", isText],
  number: ["a number", (value) => typeof value === "number"],
  boolean: ["a boolean", (value) => typeof value === "boolean"],
  list: ["an array", Array.isArray],
  map: ["an object", isJsonObject],
  object: ["an object", isJsonObject],
};

function isText(value: JsonValue): boolean {
  return typeof value === "string";
}

function checkField(name: string, value: JsonValue, shape: FieldShape, mode: FieldValidationMode): void {
  const [wanted, is] = types[shape.type];
  if (!is(value)) throw schemaError(`Field '${name}' must be ${wanted}`);
  if (shape.type === "object") return checkObject(value, shape, mode);
  if (shape.type === "list" || shape.type === "map") {
    for (const member of Object.values(value as object) as JsonValue[]) {
      if (shape.of !== undefined) checkField(name, member, shape.of, mode);
    }
    return;
  }
  const problem = problemWith(value, shape);
  if (problem !== undefined) throw schemaError(`Field '${name}' ${problem}`);
}

function problemWith(value: JsonValue, shape: FieldShape): string | undefined {
  if (shape.type === "number") {
    if (shape.min !== undefined && (value as number) < shape.min) return "is less than the minimum value";
    return shape.max !== undefined && (value as number) > shape.max ? "exceeds the maximum value" : undefined;
  }
  if (shape.type !== "string" && shape.type !== "blob") return undefined;
  const { length } = value as string;
  if (shape.minLength !== undefined && length < shape.minLength) return "is smaller than the minimum length";
  if (shape.maxLength !== undefined && length > shape.maxLength) return "exceeds the maximum length";
  const isExpected = shape.type !== "string" || shape.values === undefined || shape.values.includes(value as string);
  return isExpected ? undefined : "is not an expected value";
}

function schemaError(reason: string): Error {
  return invalid(`Mock result schema validation error: ${reason}`);
}
