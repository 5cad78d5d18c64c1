import { isJsonObject, parseJson, variableReferences } from "@stepwright/asl";
import type { JsonObject } from "@stepwright/asl";

/** Which variables each state of a definition's text reads; `undefined` when none does, for AWS leaves it out. */
export function referencesOf(definition: string): JsonObject | undefined {
  const { value } = parseJson(definition);
  if (!isJsonObject(value)) return undefined;
  const references = variableReferences(value);
  return Object.keys(references).length === 0 ? undefined : references;
}
