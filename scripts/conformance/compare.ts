/**
 * Our answer against a recording. Recordings hold placeholders for what differs from run to run, and JSON text that was
 * parsed one level deep; conformance/README.md lists both.
 */
import type { ConformanceCase, Difference } from "./case.ts";

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What we answered, in the form in which recordings are kept. */
export function normalise(actual: unknown, conformanceCase: ConformanceCase): unknown {
  let text = JSON.stringify(parseObjects(actual as Json, "")) ?? "null";
  for (const replacement of conformanceCase.replacements ?? []) {
    text =
      replacement.regex === undefined
        ? text.replaceAll(replacement.literal, () => replacement.replacement)
        : replaceRegex(text, replacement.regex, replacement.replacement);
  }
  return JSON.parse(text);
}

function replaceRegex(text: string, regex: string, replacement: string): string {
  try {
    return text.replaceAll(new RegExp(regex, "g"), () => replacement);
  } catch {
    // The recordings come from Python; a pattern that JavaScript cannot read changes nothing.
    return text;
  }
}

/** Members that hold an object as text become that object; members that hold a time become a word. */
function parseObjects(value: Json, key: string): Json {
  if (Array.isArray(value)) return value.map((item) => (typeof item === "string" ? item : parseObjects(item, "")));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, parseObjects(member, name)]));
  }
  if (/timestamp/i.test(key) && typeof value === "number") return "timestamp";
  if (typeof value !== "string" || !value.startsWith("{")) return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

/** All differences, in the order of the recording; an empty list when the answers agree. */
export function differencesBetween(
  actual: unknown,
  recorded: unknown,
  conformanceCase: ConformanceCase,
): readonly Difference[] {
  const wildcards = (conformanceCase.otherTransformers ?? []).flatMap(({ replacement }) => replacement ?? []);
  const differences: Difference[] = [];
  visit(actual, recorded, "$");
  return differences;

  function visit(found: unknown, expected: unknown, path: string): void {
    if (typeof expected === "string") {
      if (!matchesText(found, expected, wildcards)) differences.push({ path, expected, actual: found });
    } else if (Array.isArray(expected)) {
      visitList(asJson(found), expected, path);
    } else if (typeof expected === "object" && expected !== null) {
      visitObject(asJson(found), expected as Readonly<Record<string, unknown>>, path);
    } else if (found !== expected) {
      differences.push({ path, expected, actual: found });
    }
  }

  function visitList(found: unknown, expected: readonly unknown[], path: string): void {
    if (!Array.isArray(found)) return void differences.push({ path, expected, actual: found });
    if (found.length !== expected.length) {
      differences.push({ path: `${path}.length`, expected: expected.length, actual: found.length });
    }
    const common = Math.min(found.length, expected.length);
    for (let index = 0; index < common; index++) visit(found[index], expected[index], `${path}[${index}]`);
  }

  function visitObject(found: unknown, expected: Readonly<Record<string, unknown>>, path: string): void {
    if (typeof found !== "object" || found === null || Array.isArray(found)) {
      return void differences.push({ path, expected, actual: found });
    }
    const members = found as Readonly<Record<string, unknown>>;
    for (const key of new Set([...Object.keys(expected), ...Object.keys(members)])) {
      const at = `${path}.${key}`;
      if (!Object.hasOwn(members, key)) differences.push({ path: at, expected: expected[key], actual: undefined });
      else if (!Object.hasOwn(expected, key)) differences.push({ path: at, expected: undefined, actual: members[key] });
      else visit(members[key], expected[key], at);
    }
  }
}

function asJson(value: unknown): unknown {
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

const wholePlaceholders = new Set(["datetime", "timestamp", "date"]);

function matchesText(found: unknown, expected: string, wildcards: readonly string[]): boolean {
  if (found === expected || wildcards.includes(expected) || wholePlaceholders.has(expected)) return true;
  if (typeof found !== "string") return /^<[^<>]+>$/.test(expected);
  const words = wildcards.filter((word) => word.length > 6 && !word.startsWith("<") && expected.includes(word));
  const placeholder = new RegExp(['<[^<>"]{1,60}>', ...words.map(escapeRegex)].join("|"), "g");
  if (!placeholder.test(expected)) return false;
  const pattern = expected
    .split(placeholder)
    .map(escapeRegex)
    .join(String.raw`[\s\S]*?`);
  return new RegExp(`^${pattern}$`).test(found);
}

function escapeRegex(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
