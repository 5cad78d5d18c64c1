import { fillSubstitutions, substitutionsOf, walkStates } from "@stepwright/asl";
import type { StateMachineDefinition } from "@stepwright/asl";
import { localAccount, localFunctionArn, localRegion } from "./local-arn.ts";

/** CloudFormation's own, as its templates name them and as those of this project do. */
const pseudoParameters: Readonly<Record<string, string>> = {
  "AWS::Partition": "aws",
  "AWS::Region": localRegion,
  "AWS::AccountId": localAccount,
  Partition: "aws",
  Region: localRegion,
  AccountId: localAccount,
};

/**
 * Fills a definition's placeholders. One without a value that stands for a function, as
 * `"Resource": "${IngestTrainingDataFunctionArn}"` does, becomes the local function `IngestTrainingData`; CloudFormation's
 * pseudo parameters, as in `arn:${AWS::Partition}:states:::lambda:invoke`, become what they are here.
 */
export function fillLocalFunctions(
  definition: StateMachineDefinition,
  values: Readonly<Record<string, string>> = {},
): StateMachineDefinition {
  const names = substitutionsOf(definition).map(({ name }) => name);
  if (names.length === 0) return definition;
  const resources = Array.from(walkStates(definition), ({ value }) => functionNamedBy(value["Resource"]));
  const functions = [...names.filter((name) => name.endsWith("FunctionArn")), ...resources]
    .filter((name) => name !== undefined)
    .map((name) => [name, localFunctionArn(name.replace(/(?:\.|Function)?Arn$/, ""))] as const);
  const filled = { ...Object.fromEntries(functions), ...pseudoParameters, ...values };
  return fillSubstitutions(definition, filled).definition;
}

/** The placeholder that a Resource consists of, or that its qualifier follows. */
function functionNamedBy(resource: unknown): string | undefined {
  return typeof resource === "string" ? /^\$\{([A-Za-z0-9_.:-]+)\}(?::|$)/.exec(resource)?.[1] : undefined;
}
