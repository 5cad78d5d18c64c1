import type { Diagnostic } from "@stepwright/asl";
import { policyCharacters } from "../iam/policy-document.ts";
import { inlinePolicyCharacters } from "../iam/policy.ts";
import type { LoadedProject } from "../load/loaded-project.ts";
import type { InfrastructureFacts } from "./infrastructure-facts.ts";

/** `POLICY_TOO_LARGE`: IAM would refuse the role's policy. */
export function infrastructureDiagnostics(
  { machines }: InfrastructureFacts,
  project: LoadedProject,
): readonly Diagnostic[] {
  return machines.flatMap(({ name, policy }) => {
    const characters = policyCharacters(policy);
    const module = project.machines.find((machine) => machine.name === name)?.module ?? "";
    return characters <= inlinePolicyCharacters
      ? []
      : [
          {
            severity: "ERROR",
            code: "POLICY_TOO_LARGE",
            message: `The policy of ${name} has ${characters} characters; IAM takes at most ${inlinePolicyCharacters} in a role. Name fewer resources, or let parts of the machine be machines of their own.`,
            source: { file: module, line: 1, column: 1 },
          } as const,
        ];
  });
}
