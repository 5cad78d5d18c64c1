/** `infrastructure.json`: the facts as data, for CDK and for tools of your own. */
import type { FunctionFacts, InfrastructureFacts, MachineFacts } from "./infrastructure-facts.ts";

export function printFacts({ machines, functions, parameters }: InfrastructureFacts): string {
  const document = {
    infrastructureVersion: 1,
    machines: Object.fromEntries(machines.map((machine) => [machine.name, machineDocument(machine)])),
    functions: Object.fromEntries(functions.map((each) => [each.task, functionDocument(each)])),
    parameters,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function machineDocument(machine: MachineFacts): object {
  const { name: _name, hasDirective: _directive, policy, policyFile, substitutions, ...facts } = machine;
  return {
    ...facts,
    policy: policyFile,
    substitutions: Object.fromEntries(
      substitutions.map(([name, task]) => [name, task === undefined ? { parameter: name } : { task }]),
    ),
    statements: Object.fromEntries(policy.statements.map(({ sid, neededBy, notes }) => [sid, { neededBy, notes }])),
  };
}

function functionDocument({ task: _task, ...facts }: FunctionFacts): object {
  return facts;
}
