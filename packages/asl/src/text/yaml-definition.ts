/** A definition in YAML. The library is loaded by the first text that needs it: most definitions are JSON. */
import { createRequire } from "node:module";
import type * as Yaml from "yaml";
import type { Document } from "yaml";
import type { Diagnostic, SourceLocation } from "../diagnostic.ts";
import { rememberNumberText } from "./json-text.ts";
import type { JsonObject, JsonValue } from "../json.ts";
import { limits } from "../limits.ts";
import { placeIn } from "../place.ts";
import type { Place } from "../place.ts";
import { duplicateField } from "./parsed-definition-text.ts";
import type { DefinitionPositions, MemberPath, ParsedDefinitionText } from "./parsed-definition-text.ts";

export function parseYamlDefinition(text: string, file: string): ParsedDefinitionText {
  const lines = new (library().LineCounter)();
  // Duplicate keys become warnings of ours, as in JSON; unknown tags (!Sub, !GetAtt) are left to CloudFormation.
  const document = library().parseDocument(text, { lineCounter: lines, uniqueKeys: false, logLevel: "silent" });
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
    if (library().isAlias(node)) return readAlias(node.source);
    const before = nodes;
    const value = readContent(node, place, holder, key, depth);
    const anchor = library().isScalar(node) || library().isMap(node) || library().isSeq(node) ? node.anchor : undefined;
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
    if (library().isMap(node)) {
      const object: JsonObject = {};
      for (const pair of node.items) {
        const name = library().isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
        const here = placeIn(place, name);
        if (Object.hasOwn(object, name)) onDuplicate(here, offsetOf(pair.key));
        const value = readNode(pair.value, here, object, name, depth + 1);
        Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
      }
      return object;
    }
    if (library().isSeq(node)) {
      const array: JsonValue[] = [];
      node.items.forEach((item, index) => {
        array.push(readNode(item, placeIn(place, index), array, index, depth + 1));
      });
      return array;
    }
    return library().isScalar(node) ? scalar(node.value, node.source, holder, key) : null;
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
    if (library().isAlias(node)) node = node.resolve(document);
    if (library().isMap(node)) {
      const pair = node.items.find((item) => library().isScalar(item.key) && String(item.key.value) === String(key));
      if (pair === undefined) break;
      offset = offsetOf(pair.key);
      node = pair.value;
    } else if (library().isSeq(node)) {
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

const load = createRequire(import.meta.url);
let loaded: typeof Yaml | undefined;

function library(): typeof Yaml {
  loaded ??= load("yaml") as typeof Yaml;
  return loaded;
}
