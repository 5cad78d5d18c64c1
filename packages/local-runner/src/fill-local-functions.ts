import { fillSubstitutions, substitutionsOf } from "@stepwright/asl";
import type { StateMachineDefinition } from "@stepwright/asl";
import { localFunctionArn } from "./local-arn.ts";

/**
 * Fills a definition's placeholders. One without a value that stands for a function, as
 * `"Resource": "${IngestTrainingDataFunctionArn}"` does, becomes the local function `IngestTrainingData`.
 */
export function fillLocalFunctions(
  definition: StateMachineDefinition,
  values: Readonly<Record<string, string>> = {},
): StateMachineDefinition {
  const uses = substitutionsOf(definition);
  if (uses.length === 0) return definition;
  const local = uses
    .filter(({ name, location }) => location.endsWith("/Resource") || name.endsWith("FunctionArn"))
    .map(({ name }) => [name, localFunctionArn(name.replace(/(?:Function)?Arn$/, ""))] as const);
  return fillSubstitutions(definition, { ...Object.fromEntries(local), ...values }).definition;
}
