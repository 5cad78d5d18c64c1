/** Returns an alias to a version that served before: one call that changes, and no new version. */
import type { DeployClients } from "./deploy-clients.ts";
import { DeployError } from "./deploy-error.ts";
import type { DesiredStateMachine } from "./desired.ts";
import { observe } from "./observed.ts";
import type { ObservedAlias, ObservedStateMachine } from "./observed.ts";
import { pointAlias, rolledBackFrom, versionBefore } from "./shift-alias.ts";
import { versionLabel, versionNumber } from "./version-arn.ts";

export interface RolledBack {
  readonly aliasArn: string;
  readonly fromVersionArn: string;
  readonly toVersionArn: string;
}

/**
 * Without `toVersion`: the old version of an unfinished shift; otherwise the one that served before, as the alias's
 * description tells; otherwise the next older one. Executions that run already end on the version they began with.
 *
 * @throws DeployError `NOT_DEPLOYED`, `NO_EARLIER_VERSION`, `CHANGED_MEANWHILE`
 */
export async function rollback(
  { arn, alias: name }: Pick<DesiredStateMachine, "arn" | "alias">,
  clients: DeployClients,
  toVersion?: number,
): Promise<RolledBack> {
  // A schedule would be looked at, too, if the caller has given one.
  const observed = await observe({ arn, alias: name }, clients);
  const alias = observed?.alias;
  const served = alias?.routes.toSorted(
    (one, other) => versionNumber(other.versionArn) - versionNumber(one.versionArn),
  );
  const newest = served?.[0];
  if (observed === undefined || alias === undefined || newest === undefined) {
    throw new DeployError("NOT_DEPLOYED", `Found no alias ${arn}:${name}; wanted one to return.`);
  }
  const fromVersionArn = newestOf(alias, newest.versionArn);
  const toVersionArn = toVersion === undefined ? earlier(observed, alias, fromVersionArn) : known(observed, toVersion);
  const description = rolledBackFrom(toVersionArn, fromVersionArn);
  await pointAlias(alias.arn, [{ versionArn: toVersionArn, weight: 100 }], description, clients.states);
  return { aliasArn: alias.arn, fromVersionArn, toVersionArn };
}

/** Of an unfinished shift the version that was moving in, which is not always the higher number. */
function newestOf({ description, routes }: ObservedAlias, highest: string): string {
  const incoming = routes.find(({ versionArn }) => versionBefore(description, versionArn) !== undefined);
  return incoming?.versionArn ?? highest;
}

function earlier({ arn, versions }: ObservedStateMachine, alias: ObservedAlias, fromVersionArn: string): string {
  const other = alias.routes.find(({ versionArn }) => versionArn !== fromVersionArn);
  const before = versionBefore(alias.description, fromVersionArn);
  const recorded = versions.find((version) => versionNumber(version.arn) === before);
  const older = versions.find((version) => versionNumber(version.arn) < versionNumber(fromVersionArn));
  const found = other?.versionArn ?? recorded?.arn ?? older?.arn;
  if (found === undefined) {
    throw new DeployError(
      "NO_EARLIER_VERSION",
      `Found ${versionLabel(fromVersionArn)} of ${arn} and none before it; wanted one to return to.`,
    );
  }
  return found;
}

function known({ arn, versions }: ObservedStateMachine, wanted: number): string {
  const found = versions.find((version) => versionNumber(version.arn) === wanted);
  if (found === undefined) {
    const numbers = versions.map((version) => versionNumber(version.arn)).join(", ");
    throw new DeployError("NO_EARLIER_VERSION", `Found no version ${wanted} of ${arn}; wanted one of ${numbers}.`);
  }
  return found.arn;
}
