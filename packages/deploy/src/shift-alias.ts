/**
 * Moves an alias step by step and takes it back when the new version fails.
 *
 * What always holds: the alias is only written over the routes that its plan has seen or it has written itself, so
 * that a rollback by somebody else is never undone; and whatever ends this early leaves an alias that serves.
 */
import type { UpdateStateMachineAliasInput } from "@aws-sdk/client-sfn";
import type { Clock } from "./clock.ts";
import { DeployError, isAwsError } from "./deploy-error.ts";
import type { DeployClients } from "./deploy-clients.ts";
import { observeAlias } from "./observed.ts";
import type { WeightedVersion } from "./observed.ts";
import { shiftDefaults } from "./shift.ts";
import type { Shift } from "./shift.ts";
import { versionLabel, versionNumber } from "./version-arn.ts";
import { alarmsInAlarm, countExecutions, failureOf, lastFailure } from "./version-health.ts";
import type { ExecutionCounts } from "./version-health.ts";

export interface AliasShift {
  readonly aliasArn: string;
  /** As the plan was made for: a rollback between plan and shift stays, too. */
  readonly observedRoutes: readonly WeightedVersion[];
  readonly fromVersionArn: string;
  readonly toVersionArn: string;
  /** Of the new version, in percent; the last one is 100. */
  readonly weights: readonly number[];
  readonly shift: Shift;
  readonly type: "STANDARD" | "EXPRESS";
}

export type ShiftEvent =
  | { readonly kind: "shifted"; readonly versionArn: string; readonly weight: number }
  | { readonly kind: "watched"; readonly versionArn: string; readonly counts: ExecutionCounts }
  | { readonly kind: "rolledBack"; readonly versionArn: string; readonly reason: string };

export interface ShiftSurroundings {
  readonly clients: Pick<DeployClients, "states" | "alarms">;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  readonly onEvent: (event: ShiftEvent) => void;
}

/**
 * @returns why the alias was taken back; `undefined` when the new version has it all
 * @throws DeployError `CHANGED_MEANWHILE`, `INTERRUPTED`, `ALARM_MISSING`
 */
export async function shiftAlias(move: AliasShift, surroundings: ShiftSurroundings): Promise<string | undefined> {
  const { clients } = surroundings;
  let seen = await unmovedRoutes(move, routesText(move.observedRoutes), clients);
  const early =
    // Asked before anything moves: an alarm that does not exist would watch nothing.
    (await alarmFailure(move.shift, clients)) ??
    // An earlier deployment came this far; nobody knows how long it had been watching.
    (seen.weight > 0 ? await watch(move, seen, intervalSeconds(move.shift), surroundings) : undefined);
  if (early !== undefined) return seen.weight > 0 ? takeBack(move, seen, early, surroundings) : early;
  for (const weight of move.weights) {
    seen = await step(move, seen, weight, surroundings);
    const seconds =
      weight === 100 ? (move.shift.bakeSeconds ?? shiftDefaults.bakeSeconds) : intervalSeconds(move.shift);
    const reason = await watch(move, seen, seconds, surroundings);
    if (reason !== undefined) return takeBack(move, seen, reason, surroundings);
  }
  return undefined;
}

/** What the alias serves as far as this deployment knows. */
interface SeenRoutes {
  /** `version ARN=weight`, sorted. */
  readonly routes: string;
  /** Of the new version. */
  readonly weight: number;
  /** By AWS's clock: the new version's executions count from here. */
  readonly sinceEpochMs: number;
}

/** AWS has no guard for aliases; two deployments at once are told apart by what each has seen. */
async function unmovedRoutes(
  { aliasArn, toVersionArn }: AliasShift,
  wanted: SeenRoutes["routes"],
  { states }: ShiftSurroundings["clients"],
): Promise<SeenRoutes> {
  const alias = await observeAlias(aliasArn, states);
  if (alias === undefined) {
    throw new DeployError("CHANGED_MEANWHILE", `Found no alias ${aliasArn} any more; plan again.`);
  }
  const routes = routesText(alias.routes);
  if (routes !== wanted) {
    throw new DeployError(
      "CHANGED_MEANWHILE",
      `${aliasArn} was moved by somebody else: found ${routes}, wanted ${wanted}. It was left as it is.`,
    );
  }
  return {
    routes,
    weight: alias.routes.find(({ versionArn }) => versionArn === toVersionArn)?.weight ?? 0,
    sinceEpochMs: alias.updatedAtEpochMs,
  };
}

function routesText(routes: readonly WeightedVersion[]): string {
  return routes
    .map(({ versionArn, weight }) => `${versionArn}=${weight}`)
    .toSorted()
    .join(" ");
}

async function step(
  move: AliasShift,
  seen: SeenRoutes,
  weight: number,
  { clients, onEvent }: ShiftSurroundings,
): Promise<SeenRoutes> {
  await unmovedRoutes(move, seen.routes, clients);
  const routes = [
    { versionArn: move.toVersionArn, weight },
    ...(weight === 100 ? [] : [{ versionArn: move.fromVersionArn, weight: 100 - weight }]),
  ];
  const { updateDate } = await pointAlias(
    move.aliasArn,
    routes,
    servedAfter(move.toVersionArn, move.fromVersionArn),
    clients.states,
  );
  onEvent({ kind: "shifted", versionArn: move.toVersionArn, weight });
  const sinceEpochMs = seen.weight > 0 ? seen.sinceEpochMs : (updateDate?.getTime() ?? 0);
  return { routes: routesText(routes), weight, sinceEpochMs };
}

async function takeBack(
  move: AliasShift,
  seen: SeenRoutes,
  reason: string,
  { clients, onEvent }: ShiftSurroundings,
): Promise<string> {
  await unmovedRoutes(move, seen.routes, clients);
  const description = rolledBackFrom(move.fromVersionArn, move.toVersionArn);
  await pointAlias(move.aliasArn, [{ versionArn: move.fromVersionArn, weight: 100 }], description, clients.states);
  onEvent({ kind: "rolledBack", versionArn: move.fromVersionArn, reason });
  return reason;
}

/** Looks at the executions and alarms until the time is over; at least once unless the time is 0. */
async function watch(
  move: AliasShift,
  { sinceEpochMs, weight }: SeenRoutes,
  seconds: number,
  { clients, clock, signal, onEvent }: ShiftSurroundings,
): Promise<string | undefined> {
  const pollSeconds = move.shift.pollSeconds ?? shiftDefaults.pollSeconds;
  for (let leftSeconds = seconds; leftSeconds > 0; leftSeconds -= pollSeconds) {
    await clock.wait(Math.min(pollSeconds, leftSeconds) * 1000, signal);
    if (signal?.aborted === true) {
      throw new DeployError(
        "INTERRUPTED",
        `Interrupted: ${move.aliasArn} stands at ${weight} % on ${versionLabel(move.toVersionArn)}. Deploy again to go on, or roll back.`,
      );
    }
    const reason =
      (await alarmFailure(move.shift, clients)) ?? (await executionFailure(move, sinceEpochMs, clients, onEvent));
    if (reason !== undefined) return reason;
  }
  return undefined;
}

async function alarmFailure({ alarms = [] }: Shift, clients: ShiftSurroundings["clients"]) {
  if (alarms.length === 0) return undefined;
  const ringing = await alarmsInAlarm(alarms, await clients.alarms());
  return ringing.length === 0 ? undefined : `in ALARM: ${ringing.join(", ")}`;
}

async function executionFailure(
  { toVersionArn: versionArn, shift, type }: AliasShift,
  sinceEpochMs: number,
  { states }: ShiftSurroundings["clients"],
  onEvent: (event: ShiftEvent) => void,
): Promise<string | undefined> {
  // AWS lists no EXPRESS executions.
  if (type === "EXPRESS") return undefined;
  const counts = await countExecutions(versionArn, sinceEpochMs, states);
  onEvent({ kind: "watched", versionArn, counts });
  const reason = failureOf(counts, shift.toleratedFailurePercentage ?? shiftDefaults.toleratedFailurePercentage);
  if (reason === undefined) return undefined;
  const example = await lastFailure(versionArn, states);
  return example === undefined ? reason : `${reason}; ${example}`;
}

function intervalSeconds(shift: Shift): number {
  return shift.intervalSeconds ?? shiftDefaults.intervalSeconds;
}

/** The alias's description: AWS keeps no history of aliases, and a rollback must know where to return to. */
export function servedAfter(versionArn: string, beforeArn: string): string {
  return `${versionLabel(versionArn)} after ${versionLabel(beforeArn)}`;
}

export function rolledBackFrom(versionArn: string, failedArn: string): string {
  return `${versionLabel(versionArn)}, rolled back from ${versionLabel(failedArn)}`;
}

/** The number of the version that served before, as an alias's description tells it. */
export function versionBefore(description: string | undefined, versionArn: string): number | undefined {
  const [, now, before] = /^version (\d+) after version (\d+)$/.exec(description ?? "") ?? [];
  return Number(now) === versionNumber(versionArn) ? Number(before) : undefined;
}

/** @throws DeployError `CHANGED_MEANWHILE` */
export async function pointAlias(
  aliasArn: string,
  routes: readonly WeightedVersion[],
  description: string,
  states: DeployClients["states"],
) {
  const input: UpdateStateMachineAliasInput = {
    stateMachineAliasArn: aliasArn,
    description,
    routingConfiguration: routes.map(({ versionArn, weight }) => ({ stateMachineVersionArn: versionArn, weight })),
  };
  try {
    return await states.updateStateMachineAlias(input);
  } catch (error) {
    throw isAwsError(error, "ConflictException")
      ? new DeployError("CHANGED_MEANWHILE", `${aliasArn} is being changed by somebody else: ${error.message}`, error)
      : error;
  }
}
