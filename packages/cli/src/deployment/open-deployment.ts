/** The machine that a command of a deployment is about, and the services that it speaks to. */
import { relative, resolve } from "node:path";
import type { StateMachineDefinition } from "@stepwright/asl";
import { findConfig, loadProject } from "@stepwright/codegen";
import type { LoadedMachine, LoadedProject, MachineContracts } from "@stepwright/codegen";
import { connect } from "@stepwright/deploy";
import type { Connection, DesiredStateMachine } from "@stepwright/deploy";
import { machineDiagnostics } from "../diagnostics/machine-diagnostics.ts";
import type { ReportedDiagnostic } from "../diagnostics/reported-diagnostic.ts";
import { contractsOf } from "../open-machine.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import type { DeploymentFlags } from "./deployment-flags.ts";
import { bundledCode } from "./desired-functions.ts";
import { desiredMachine } from "./desired-machine.ts";
import type { DesiredOverrides } from "./desired-machine.ts";
import type { MachineConfig } from "./machine-config.ts";
import { machineTarget } from "./machine-target.ts";
import type { MachineTarget } from "./machine-target.ts";
import { onThisMachine } from "./on-this-machine.ts";
import { sayingRefusals } from "./aws-refusals.ts";

export interface OpenedDeployment {
  readonly name: string;
  readonly target: () => Promise<MachineTarget>;
  /** With the values that stand elsewhere, and the handlers' code. */
  readonly desired: () => Promise<DesiredStateMachine>;
  readonly clients: Connection["clients"];
  readonly diagnostics: readonly ReportedDiagnostic[];
  /** As generated: with its placeholders. */
  readonly definition: StateMachineDefinition;
  readonly contracts: MachineContracts;
}

export interface OpenOptions extends DesiredOverrides {
  /** Whether the handlers are bundled, where the configuration has their code deployed. */
  readonly needsCode?: boolean;
}

/** Does the work with the machine opened, and says it in a sentence when there are no credentials for it. */
export async function withDeployment<Answer>(
  machineName: string | undefined,
  flags: DeploymentFlags,
  terminal: Terminal,
  work: (opened: OpenedDeployment) => Promise<Answer>,
  { needsCode = false, ...overrides }: OpenOptions = {},
): Promise<Answer> {
  const project = await loadProject(
    flags.config === undefined ? findConfig(terminal.cwd) : resolve(terminal.cwd, flags.config),
  );
  const machine = chosen(project, machineName, terminal);
  const { region, profile, endpoint } = flags;
  return sayingRefusals(profile, async () => {
    const connection = await connect({ region, profile, endpoint: checkedUrl(endpoint), environment: terminal.env });
    const { deploy, infrastructure } = project.config;
    const configured: MachineConfig = {
      machine,
      code: needsCode ? () => bundledCode(project.configFile) : undefined,
      deployment: deploy.machines[machine.name] ?? {},
      infrastructure: infrastructure.machines[machine.name] ?? {},
    };
    const config = connection.isLocal ? onThisMachine(configured, connection.region) : configured;
    return work({
      name: machine.name,
      definition: machine.definition,
      contracts: contractsOf(machine, project),
      target: () => machineTarget(config, connection),
      desired: () => desiredMachine(config, connection, overrides),
      clients: connection.clients,
      diagnostics: machineDiagnostics(machine, project, terminal.cwd),
    });
  });
}

function chosen({ machines, configFile }: LoadedProject, name: string | undefined, terminal: Terminal): LoadedMachine {
  const found = name === undefined ? machines : machines.filter((machine) => machine.name === name);
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  const what = name === undefined ? `${machines.length} machines` : `no machine ${name}`;
  const known = machines.map((machine) => machine.name).join(", ");
  throw new UsageError(`Found ${what} in ${relative(terminal.cwd, configFile)}; wanted one of ${known}`);
}

function checkedUrl(endpoint: string | undefined): string | undefined {
  if (endpoint === undefined || (URL.canParse(endpoint) && /^https?:\/\//.test(endpoint))) return endpoint;
  throw new UsageError(`--endpoint is ${JSON.stringify(endpoint)}; wanted a URL such as http://127.0.0.1:8083`);
}
