/** What every command of a deployment takes. */
import type { Command } from "commander";

export interface DeploymentFlags {
  readonly config?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly json?: true;
}

export function addDeploymentFlags(command: Command): Command {
  return command
    .argument("[machine]", "a machine's name; the project's only one when absent")
    .option("--region <region>", "otherwise AWS_REGION or the profile's")
    .option("--profile <name>", "of the shared AWS configuration")
    .option("--endpoint <url>", "another service than AWS, such as http://127.0.0.1:8083 of `stepwright serve`")
    .option("--config <file>", "the configuration; otherwise stepwright.config.ts here or in a folder above")
    .option("--json", "print JSON");
}
