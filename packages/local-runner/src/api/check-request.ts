/** A request against its operation's shape: the first wrong type, or all broken constraints in one message. */
import { isJsonObject } from "@stepwright/asl";
import type { JsonObject, JsonValue } from "@stepwright/asl";
import type { MemberShape, RequestShape } from "./request-shapes.ts";
import { ServiceError, validationError } from "./service-error.ts";

/**
 * @returns the members that the shape knows; `null` counts as absent, unknown ones are dropped, as AWS does
 * @throws ServiceError `SerializationException` for a wrong JSON type, `ValidationException` for a broken constraint
 */
export function checkRequest(shape: RequestShape, request: JsonValue): JsonObject {
  const problems: string[] = [];
  const checked = checkStructure(shape, request, "", problems);
  if (problems.length === 0) return checked;
  const count = problems.length === 1 ? "1 validation error" : `${problems.length} validation errors`;
  throw validationError(`${count} detected: ${problems.join("; ")}`);
}

function checkStructure(shape: RequestShape, value: JsonValue, path: string, problems: string[]): JsonObject {
  if (!isJsonObject(value)) throw wrongType(path, "a structure", value);
  const members: [string, JsonValue][] = [];
  for (const [name, member] of Object.entries(shape)) {
    const found = Object.hasOwn(value, name) ? (value[name] ?? null) : null;
    const at = path === "" ? name : `${path}.member.${name}`;
    if (found !== null) members.push([name, checkMember(member, found, at, problems)]);
    else if (member.required === true) {
      problems.push(`Value null at '${at}' failed to satisfy constraint: Member must not be null`);
    }
  }
  return Object.fromEntries(members);
}

type CheckMember = (shape: MemberShape, value: JsonValue, path: string, problems: string[]) => JsonValue;

const checks: Readonly<Record<MemberShape["type"], CheckMember>> = {
  structure(shape, value, path, problems) {
    // Without members of its own it is passed on as it is.
    const { members = {} } = shape;
    return Object.keys(members).length === 0 ? value : checkStructure(members, value, path, problems);
  },
  list(shape, value, path, problems) {
    if (!Array.isArray(value)) throw wrongType(path, "a list", value);
    checkSize(shape, value.length, "length", value, path, problems);
    const items: readonly JsonValue[] = value;
    return items.map((item, index) => checkMember(shape.item!, item, `${path}.${index + 1}`, problems));
  },
  boolean(_shape, value, path) {
    if (typeof value !== "boolean") throw wrongType(path, "a boolean", value);
    return value;
  },
  integer(shape, value, path, problems) {
    if (typeof value !== "number" || !Number.isInteger(value)) throw wrongType(path, "an integer", value);
    checkSize(shape, value, "value", value, path, problems);
    return value;
  },
  number(shape, value, path, problems) {
    if (typeof value !== "number") throw wrongType(path, "a number", value);
    checkSize(shape, value, "value", value, path, problems);
    return value;
  },
  string(shape, value, path, problems) {
    if (typeof value !== "string") throw wrongType(path, "a string", value);
    checkText(shape, value, path, problems);
    return value;
  },
};

function checkMember(shape: MemberShape, value: JsonValue, path: string, problems: string[]): JsonValue {
  return checks[shape.type](shape, value, path, problems);
}

function checkText(shape: MemberShape, value: string, path: string, problems: string[]): void {
  checkSize(shape, value.length, "length", value, path, problems);
  const broken = `Value '${value}' at '${path}' failed to satisfy constraint: Member must satisfy`;
  if (shape.values?.includes(value) === false) problems.push(`${broken} enum value set: [${shape.values.join(", ")}]`);
  if (shape.pattern?.test(value) === false)
    problems.push(`${broken} regular expression pattern: ${shape.pattern.source}`);
}

function checkSize(
  { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: MemberShape,
  size: number,
  measure: "length" | "value",
  value: JsonValue,
  path: string,
  problems: string[],
): void {
  if (size >= min && size <= max) return;
  const bound = size < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`;
  const shown = typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
  problems.push(`Value '${shown}' at '${path}' failed to satisfy constraint: Member must have ${measure} ${bound}`);
}

function wrongType(path: string, wanted: string, found: JsonValue): ServiceError {
  const where = path === "" ? "The request" : `'${path}'`;
  const kind = found === null ? "null" : Array.isArray(found) ? "a list" : `a value of type ${typeof found}`;
  return new ServiceError("SerializationException", `${where} must be ${wanted}, but was ${kind}.`);
}
