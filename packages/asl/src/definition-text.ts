/**
 * A definition as people write it, JSON or YAML, with the places of its parts in the text.
 * Positions are worked out when somebody asks for the first one.
 */
import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument } from "yaml";
import type { Document } from "yaml";
import type { Diagnostic, SourceLocation } from "./diagnostic.ts";
import { jacksonLocation, lineAndColumn, parseJson, rememberNumberText } from "./json-text.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import { limits } from "./limits.ts";
import { locationOf, placeIn } from "./place.ts";
import type { Place } from "./place.ts";

export type DefinitionFormat = "json" | "yaml";

export interface DefinitionTextOptions {
  /** Stands in the source locations. */
  readonly file?: string;
  /** `auto` when absent: YAML when the file's name says so or the text begins with no brace, else JSON. */
  readonly format?: DefinitionFormat | "auto";
}

/** The keys that lead to a member: `["States", "Train", "Retry", 0]`. */
export type MemberPath = readonly (string | number)[];

export interface DefinitionPositions {
  /** Of a member's key (of an item itself in a list); of the nearest enclosing member that the text has. */
  locate(path: MemberPath): SourceLocation;
}

export interface ParsedDefinitionText {
  readonly format: DefinitionFormat;
  /** `undefined` when the text cannot be read; `diagnostics` says why. */
  readonly definition: JsonValue | undefined;
  readonly positions: DefinitionPositions;
  /** What is wrong with the text itself: not JSON or YAML, duplicate keys. */
  readonly diagnostics: readonly Diagnostic[];
}

/** @throws never; a text that cannot be read is a diagnostic */
export function parseDefinitionText(text: string, options: DefinitionTextOptions = {}): ParsedDefinitionText {
  const { file = "definition", format = "auto" } = options;
  const found = format === "auto" ? formatOf(text, file) : format;
  return found === "json" ? parseJsonDefinition(text, file) : parseYamlDefinition(text, file);
}

function formatOf(text: string, file: string): DefinitionFormat {
  if (/\.ya?ml$/i.test(file)) return "yaml";
  if (/\.json$/i.test(file)) return "json";
  return /^\s*[[{]/.test(text) || !/^\s*["\w-]+\s*:/m.test(text) ? "json" : "yaml";
}

function parseJsonDefinition(text: string, file: string): ParsedDefinitionText {
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

function duplicateField(place: Place, source: SourceLocation): Diagnostic {
  return {
    severity: "WARNING",
    code: "DUPLICATE_FIELD",
    message: `'${place.key}' stands twice in the same object; only the last one counts`,
    location: locationOf(place),
    source,
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

function parseYamlDefinition(text: string, file: string): ParsedDefinitionText {
  const lines = new LineCounter();
  // Duplicate keys become warnings of ours, as in JSON; unknown tags (!Sub, !GetAtt) are left to CloudFormation.
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, logLevel: "silent" });
  const sourceAt = (offset: number): SourceLocation => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const positions: DefinitionPositions = { locate: (path) => sourceAt(yamlOffset(document, path)) };
  const broken = document.errors[0];
  const failed = (code: string, message: string, offset: number): ParsedDefinitionText => ({
    format: "yaml",
    definition: undefined,
    positions,
    diagnostics: [{ severity: "ERROR", code, message, source: sourceAt(offset) }],
  });

  if (broken !== undefined)
    return failed("INVALID_JSON_DESCRIPTION", broken.message.split("\n")[0] ?? "", broken.pos[0]);
  const diagnostics: Diagnostic[] = [];
  const reader = createYamlReader(document, (place, offset) =>
    diagnostics.push(duplicateField(place, sourceAt(offset))),
  );
  const definition = reader.read();
  if (definition === undefined) {
    const message = `The definition is nested deeper than ${limits.nestingLevels.value} levels, or its aliases repeat too much`;
    return failed("TOO_DEEPLY_NESTED", message, 0);
  }
  return { format: "yaml", definition, positions, diagnostics };
}

/** Aliases may repeat so much, in nodes, that a small text cannot become a huge value. */
const maxYamlNodes = 1_000_000;

function createYamlReader(document: Document, onDuplicate: (place: Place, offset: number) => void) {
  const anchored = new Map<string, { readonly value: JsonValue; readonly nodes: number }>();
  let nodes = 0;
  let unreadable = false;

  /** @returns `undefined` for too many nodes or levels, and for an alias of what is not there yet */
  function read(): JsonValue | undefined {
    const value = readNode(document.contents, undefined, {}, "", 0);
    return unreadable ? undefined : value;
  }

  function readNode(
    node: unknown,
    place: Place | undefined,
    holder: object,
    key: string | number,
    depth: number,
  ): JsonValue {
    nodes++;
    if (nodes > maxYamlNodes || depth > limits.nestingLevels.value) unreadable = true;
    if (unreadable) return null;
    if (isAlias(node)) return readAlias(node.source);
    const before = nodes;
    const value = readContent(node, place, holder, key, depth);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) anchored.set(anchor, { value, nodes: nodes - before });
    return value;
  }

  function readAlias(name: string): JsonValue {
    const target = anchored.get(name);
    if (target === undefined) {
      unreadable = true;
      return null;
    }
    nodes += target.nodes;
    return target.value;
  }

  function readContent(
    node: unknown,
    place: Place | undefined,
    holder: object,
    key: string | number,
    depth: number,
  ): JsonValue {
    if (isMap(node)) {
      const object: JsonObject = {};
      for (const pair of node.items) {
        const name = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
        const here = placeIn(place, name);
        if (Object.hasOwn(object, name)) onDuplicate(here, offsetOf(pair.key));
        const value = readNode(pair.value, here, object, name, depth + 1);
        Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
      }
      return object;
    }
    if (isSeq(node)) {
      const array: JsonValue[] = [];
      node.items.forEach((item, index) => {
        array.push(readNode(item, placeIn(place, index), array, index, depth + 1));
      });
      return array;
    }
    return isScalar(node) ? scalar(node.value, node.source, holder, key) : null;
  }

  return { read };
}

function scalar(value: unknown, source: string | undefined, holder: object, key: string | number): JsonValue {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return String(source);
    if (
      source !== undefined &&
      String(value) !== source &&
      /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(source)
    ) {
      rememberNumberText(holder, key, source);
    }
    return value;
  }
  if (typeof value === "string" || typeof value === "boolean") return value;
  return value === null || value === undefined ? null : String(source);
}

function yamlOffset(document: Document, path: MemberPath): number {
  let node: unknown = document.contents;
  let offset = offsetOf(node);
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (pair === undefined) break;
      offset = offsetOf(pair.key);
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      if (node === undefined) break;
      offset = offsetOf(node);
    } else break;
  }
  return offset;
}

function offsetOf(node: unknown): number {
  return (node as { readonly range?: readonly number[] | null } | null)?.range?.[0] ?? 0;
}
