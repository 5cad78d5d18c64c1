/** The files that the configuration's `infrastructure.formats` ask for, as texts. */
import { posix } from "node:path";
import type { InfrastructureFormat } from "../config.ts";
import { policyDocument, printPolicyPage } from "../iam/policy-document.ts";
import type { InfrastructureFacts } from "./infrastructure-facts.ts";
import { printFacts } from "./print-facts.ts";
import { printTerraformModule } from "./terraform-module.ts";

export interface InfrastructureFile {
  /** Relative to the folder of the templates. */
  readonly path: string;
  readonly text: string;
}

export async function infrastructureFiles(
  facts: InfrastructureFacts,
  formats: readonly InfrastructureFormat[],
): Promise<readonly InfrastructureFile[]> {
  const perFormat = await Promise.all([...new Set(formats)].map((format) => printers[format](facts)));
  // The policies are part of what Terraform reads and of what the facts name.
  const policies = formats.some((format) => format !== "sam") ? policyFiles(facts) : [];
  return [...policies, ...perFormat.flat()];
}

type Print = (facts: InfrastructureFacts) => Promise<readonly InfrastructureFile[]>;

const printers: Readonly<Record<InfrastructureFormat, Print>> = {
  policy: async ({ machines }) =>
    machines.map(({ name, policy, policyFile }) => ({
      path: policyFile.replace(/\.json$/, ".md"),
      text: printPolicyPage(name, policy),
    })),
  sam: async (facts) => {
    // The YAML printer is read only by who wants a template.
    const { printSamTemplate } = await import("./sam-template.ts");
    return [{ path: "template.yaml", text: printSamTemplate(facts) }];
  },
  terraform: async (facts) => [{ path: "stepwright.tf.json", text: printTerraformModule(facts) }],
  facts: async (facts) => [{ path: "infrastructure.json", text: printFacts(facts) }],
};

function policyFiles({ machines }: InfrastructureFacts): readonly InfrastructureFile[] {
  return machines.map(({ policy, policyFile }) => ({
    path: posix.normalize(policyFile),
    text: `${JSON.stringify(policyDocument(policy), undefined, 2)}\n`,
  }));
}
