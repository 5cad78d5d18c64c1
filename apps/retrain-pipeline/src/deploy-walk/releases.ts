/** The three versions of the pipeline that the walk deploys: good, good and slower, and one with a mistake. Pure. */
import { fillSubstitutions, substitutionsOf } from "@stepwright/asl";
import type { StateMachineDefinition } from "@stepwright/asl";

export interface Release {
  readonly title: string;
  readonly definition: StateMachineDefinition;
}

/** @param definition  of the pipeline, as it is generated */
export function releasesOf(definition: StateMachineDefinition): readonly Release[] {
  const filled = withLocalFunctions(definition);
  return [
    { title: "First version: the pipeline as it is generated", definition: filled },
    {
      title: "Second version: two models at a time instead of three",
      definition: withMap(filled, { MaxConcurrency: 2 }),
    },
    {
      title: "Third version: a mistake that no validator can see; the Map reads $.model, callers send $.models",
      definition: withMap(filled, { MaxConcurrency: 2, ItemsPath: "$.model" }),
    },
  ];
}

function withLocalFunctions(definition: StateMachineDefinition): StateMachineDefinition {
  const arns = substitutionsOf(definition).map(({ name }) => [
    name,
    `arn:aws:lambda:us-east-1:123456789012:function:${name.replace(/FunctionArn$/, "")}`,
  ]);
  return fillSubstitutions(definition, Object.fromEntries(arns)).definition;
}

/** The Map is the first state. */
function withMap(
  { States, ...rest }: StateMachineDefinition,
  fields: Readonly<Record<string, string | number>>,
): StateMachineDefinition {
  return {
    ...rest,
    States: { ...States, [rest.StartAt]: { ...States[rest.StartAt], ...fields } },
  } as StateMachineDefinition;
}
