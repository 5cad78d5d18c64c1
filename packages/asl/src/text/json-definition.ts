/** A definition in JSON. */
import type { Diagnostic, SourceLocation } from "../diagnostic.ts";
import { jacksonLocation, lineAndColumn, parseJson } from "./json-text.ts";
import type { JsonValue } from "../json.ts";
import { duplicateField } from "./parsed-definition-text.ts";
import type { DefinitionPositions, ParsedDefinitionText } from "./parsed-definition-text.ts";

export function parseJsonDefinition(text: string, file: string): ParsedDefinitionText {
  const sourceAt = (offset: number): SourceLocation => ({ file, ...lineAndColumn(text, offset) });
  const positions = jsonPositions(text, sourceAt);
  const failed = (diagnostic: Diagnostic): ParsedDefinitionText => ({
    format: "json",
    definition: undefined,
    positions,
    diagnostics: [diagnostic],
  });

  if (text.trim() === "") {
    return failed({
      severity: "ERROR",
      code: "SCHEMA_VALIDATION_FAILED",
      message: "Definition must be a valid JSON object",
      source: sourceAt(0),
    });
  }
  const parsed = parseJson(text);
  if (parsed.error !== undefined) {
    const { message, offset, tooDeep } = parsed.error;
    const location = jacksonLocation(text, offset);
    return failed({
      severity: "ERROR",
      code: tooDeep ? "TOO_DEEPLY_NESTED" : "INVALID_JSON_DESCRIPTION",
      message: `${message}\n at ${location}`,
      location,
      source: sourceAt(offset),
    });
  }
  return {
    format: "json",
    definition: parsed.value,
    positions,
    diagnostics: parsed.duplicates.map(({ place, offset }) => duplicateField(place, sourceAt(offset))),
  };
}

function jsonPositions(text: string, sourceAt: (offset: number) => SourceLocation): DefinitionPositions {
  let offsets: WeakMap<object, Map<string | number, number>> | undefined;
  let root: JsonValue | undefined;

  function index(): WeakMap<object, Map<string | number, number>> {
    const found = new WeakMap<object, Map<string | number, number>>();
    root = parseJson(text, (holder, key, keyOffset) => {
      const members = found.get(holder);
      if (members === undefined) found.set(holder, new Map([[key, keyOffset]]));
      else members.set(key, keyOffset);
    }).value;
    return found;
  }

  return {
    locate(path) {
      offsets ??= index();
      let at: JsonValue | undefined = root;
      let offset = Math.max(0, text.search(/\S/));
      for (const key of path) {
        const next: number | undefined = typeof at === "object" && at !== null ? offsets.get(at)?.get(key) : undefined;
        if (next === undefined) break;
        offset = next;
        at = (at as Readonly<Record<string | number, JsonValue>>)[key];
      }
      return sourceAt(offset);
    },
  };
}
