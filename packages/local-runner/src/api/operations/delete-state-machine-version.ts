import { changing } from "../operation.ts";
import { textOf } from "../request-members.ts";
import { ServiceError } from "../service-error.ts";
import { arnOf } from "../service-state.ts";

/** There need be none, but no alias may lead to it. */
export const deleteStateMachineVersion = changing(({ state }, request) => {
  const arn = textOf(request, "stateMachineVersionArn");
  arnOf(arn, "version");
  const machine = state.machines.get(arn.slice(0, arn.lastIndexOf(":")));
  if (machine === undefined) return {};
  const aliases = [...machine.aliases.values()].filter(({ routes }) =>
    routes.some(({ stateMachineVersionArn }) => stateMachineVersionArn === arn),
  );
  if (aliases.length > 0) {
    const names = aliases.map(({ name }) => name).join(", ");
    throw new ServiceError(
      "ConflictException",
      `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${names}]`,
    );
  }
  machine.versions = machine.versions.filter((version) => version.arn !== arn);
  return {};
});
