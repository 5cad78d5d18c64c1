/** What a changed contract means for those who send to its task and those who read what it gives. */
import type { JsonObject } from "@stepwright/asl";
import { walkStates } from "@stepwright/asl";
import type { ContractDocument } from "../emit/contract-schema.ts";
import type { Difference } from "./difference.ts";
import { schemaChanges } from "./schema-changes.ts";

/** By the placeholder that stands for the task's function in the definition: `TrainFunctionArn`. */
export type MachineContracts = Readonly<Record<string, MachineContract>>;

export interface MachineContract extends ContractDocument {
  readonly task: string;
}

/**
 * The differences of contracts that both machines use.
 *
 * @param after  the definition in which their states are looked for
 */
export function contractDifferences(
  had: MachineContracts,
  has: MachineContracts,
  after: JsonObject,
): readonly Difference[] {
  return Object.entries(has).flatMap(([placeholder, now]) => {
    const old = Object.hasOwn(had, placeholder) ? had[placeholder] : undefined;
    if (old === undefined) return [];
    const location = locationOf(placeholder, after);
    return [
      ...sideDifferences("input", old, now, location),
      ...sideDifferences("output", old, now, location),
      ...errorDifferences(old, now, now.task, location),
    ];
  });
}

function sideDifferences(
  side: "input" | "output",
  old: ContractDocument,
  now: MachineContract,
  location: string,
): readonly Difference[] {
  return schemaChanges(old[side], now[side]).map(({ effect, message }) => ({
    kind: "contracts",
    message: `${side} contract of ${now.task} ${effect}: ${message}`,
    location,
  }));
}

function errorDifferences(
  old: ContractDocument,
  now: ContractDocument,
  task: string,
  location: string,
): readonly Difference[] {
  const gone = old.errors.filter((name) => !now.errors.includes(name));
  const come = now.errors.filter((name) => !old.errors.includes(name));
  return [
    ...come.map((name): Difference => ({
      kind: "contracts",
      message: `${task} may throw ${name}`,
      location,
      after: name,
    })),
    ...gone.map((name): Difference => ({
      kind: "contracts",
      message: `${task} no longer throws ${name}`,
      location,
      before: name,
    })),
  ];
}

/** Of the first state that calls the function. */
function locationOf(placeholder: string, definition: JsonObject): string {
  const text = `\${${placeholder}}`;
  const state = walkStates(definition).find(
    ({ value }) => value["Type"] === "Task" && JSON.stringify(value).includes(text),
  );
  return state?.location ?? "/";
}
