import { validateText } from "@stepwright/asl";
import type { JsonObject } from "@stepwright/asl";
import { reading } from "../operation.ts";
import { optionalText, textOf } from "../request-members.ts";

/** Never refuses a definition: what is wrong with it is the answer. */
export const validateStateMachineDefinition = reading((_call, request) => {
  const found = validateText(textOf(request, "definition"), {
    type: optionalText(request, "type") === "EXPRESS" ? "EXPRESS" : "STANDARD",
    severity: optionalText(request, "severity") === "WARNING" ? "WARNING" : "ERROR",
    format: "json",
  });
  const maxResults = (request["maxResults"] as number | undefined) || 100;
  const diagnostics = found.slice(0, maxResults).map(({ source: _ours, ...diagnostic }): JsonObject => diagnostic);
  return {
    result: found.some(({ severity }) => severity === "ERROR") ? "FAIL" : "OK",
    diagnostics,
    truncated: found.length > maxResults,
  };
});
