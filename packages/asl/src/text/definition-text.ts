/**
 * A definition as people write it, JSON or YAML, with the places of its parts in the text.
 * Positions are worked out when somebody asks for the first one.
 */
import { parseJsonDefinition } from "./json-definition.ts";
import type { DefinitionFormat, ParsedDefinitionText } from "./parsed-definition-text.ts";
import { parseYamlDefinition } from "./yaml-definition.ts";

export interface DefinitionTextOptions {
  /** Stands in the source locations. */
  readonly file?: string;
  /** `auto` when absent: YAML when the file's name says so or the text begins with no brace, else JSON. */
  readonly format?: DefinitionFormat | "auto";
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
