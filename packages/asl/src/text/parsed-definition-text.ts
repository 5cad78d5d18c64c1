/** What reading a definition's text gives, whatever its format. */
import type { Diagnostic, SourceLocation } from "../diagnostic.ts";
import type { JsonValue } from "../json.ts";
import { locationOf } from "../place.ts";
import type { Place } from "../place.ts";

export type DefinitionFormat = "json" | "yaml";

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

export function duplicateField(place: Place, source: SourceLocation): Diagnostic {
  return {
    severity: "WARNING",
    code: "DUPLICATE_FIELD",
    message: `'${place.key}' stands twice in the same object; only the last one counts`,
    location: locationOf(place),
    source,
  };
}
