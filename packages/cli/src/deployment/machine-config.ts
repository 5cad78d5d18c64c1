/** Everything that the project says of one machine's deployment. */
import type { LoadedMachine, MachineDeployment, MachineInfrastructure } from "@stepwright/codegen";
import type { HandlerCode } from "./desired-functions.ts";

export interface MachineConfig {
  readonly machine: LoadedMachine;
  /** Makes the handlers' code; absent where a command has no use for it. */
  readonly code?: (() => Promise<HandlerCode>) | undefined;
  readonly deployment: MachineDeployment;
  readonly infrastructure: MachineInfrastructure;
}
