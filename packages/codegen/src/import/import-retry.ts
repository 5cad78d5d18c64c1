/** Retry as an option. */
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { isJsonArray } from "@stepwright/asl";
import type { Code } from "./code.ts";
import { list, objectLiteral } from "./code.ts";
import { literal } from "./expressions.ts";
import type { ImportedContract } from "./imported-contracts.ts";
import { errorsOfTask } from "./imported-contracts.ts";
import type { ImportContext, Options } from "./step-options.ts";
import { objectsIn } from "./written-graph.ts";

export function importRetry(
  retry: JsonValue,
  contract: ImportedContract | undefined,
  { rest, members }: Options,
  { shareRetry }: ImportContext,
): void {
  const retriers = objectsIn(retry).map(importRetrier);
  if (!isJsonArray(retry) || !retriers.every((retrier) => retrier !== undefined)) {
    rest.set("Retry", retry);
    return;
  }
  for (const retrier of objectsIn(retry)) noteErrors(retrier, contract);
  members.push(["retry", shareRetry(retry, list("[", retriers, "]"))]);
}

const retrierOptions: { readonly [field: string]: readonly [option: string, type: string] } = {
  ErrorEquals: ["errors", "object"],
  IntervalSeconds: ["intervalSeconds", "number"],
  MaxAttempts: ["maxAttempts", "number"],
  BackoffRate: ["backoffRate", "number"],
  MaxDelaySeconds: ["maxDelaySeconds", "number"],
  JitterStrategy: ["jitterStrategy", "string"],
  Comment: ["comment", "string"],
};

/** @returns `undefined` when a field has no option */
function importRetrier(retrier: JsonObject): Code | undefined {
  const members: [string, Code][] = [];
  for (const [field, value] of Object.entries(retrier)) {
    const [option, type] = (Object.hasOwn(retrierOptions, field) ? retrierOptions[field] : undefined) ?? [];
    if (option === undefined || typeof value !== type) return undefined;
    members.push([option, literal(value)]);
  }
  return hasErrorNames(retrier) ? objectLiteral(members) : undefined;
}

function hasErrorNames({ ErrorEquals: errors }: JsonObject): boolean {
  return isJsonArray(errors) && errors.every((error) => typeof error === "string");
}

export function noteErrors({ ErrorEquals: errors }: JsonObject, contract: ImportedContract | undefined): void {
  if (isJsonArray(errors)) for (const name of errorsOfTask(errors)) contract?.errors.add(name);
}
