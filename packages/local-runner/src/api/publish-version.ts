import type { CallContext } from "./operation.ts";
import type { MachineRecord, MachineVersion } from "./records.ts";

/** The version of the machine's current revision: a new one, or the one that there is already, as it was. */
export function publishVersion(
  { nowEpochMs }: CallContext,
  machine: MachineRecord,
  description: string | undefined,
): MachineVersion {
  const known = machine.versions.find(({ revision }) => revision === machine.revision);
  if (known !== undefined) return known;
  machine.lastVersionNumber += 1;
  const number = machine.lastVersionNumber;
  const version = {
    arn: `${machine.arn}:${number}`,
    number,
    revision: machine.revision,
    description,
    createdAtEpochMs: nowEpochMs,
  };
  machine.versions.push(version);
  return version;
}
