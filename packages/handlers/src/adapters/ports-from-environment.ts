/**
 * The ports that a Lambda function, or a process that plays one, works with. Made once and kept.
 *
 * Adapters are loaded when a port wants them, so that a function on AWS reads none of the local ones, nor a test of
 * one port the others.
 */
import { setTimeout } from "node:timers/promises";
import { loadOnce } from "../load-once.ts";
import { modelCatalog } from "../models/catalog.ts";
import type { Ports } from "../ports.ts";
import type { Adapters } from "./adapters.ts";
import type { ClientSettings } from "./aws/client-settings.ts";
import { duckDbEngine } from "./duckdb-engine.ts";
import { duckDbOptionsIn } from "./duckdb-options.ts";
import { portChoices, portTable } from "./port-choices.ts";
import type { ChosenPort, Environment } from "./port-choices.ts";

let ports: Promise<Ports> | undefined;
let deadlineEpochMs = Number.POSITIVE_INFINITY;

/** @param answerByEpochMs  when this invocation must have answered; a function has one invocation at a time */
export function portsFromEnvironment(
  answerByEpochMs: number = Number.POSITIVE_INFINITY,
  environment: Environment = process.env,
): Promise<Ports> {
  deadlineEpochMs = answerByEpochMs;
  ports ??= createPorts(environment, { deadlineEpochMs: () => deadlineEpochMs }).catch((error: unknown) => {
    ports = undefined;
    throw error;
  });
  return ports;
}

/** Beside the environment; the world as it is when absent. */
export interface PortOptions {
  readonly deadlineEpochMs?: () => number;
  readonly catalog?: Ports["catalog"];
  readonly clock?: Ports["clock"];
  readonly pause?: (durationMs: number) => Promise<unknown>;
  readonly client?: ClientSettings;
  readonly temporaryFolder?: string;
}

/** @throws Error that names the variables that are absent or wrong */
export async function createPorts(environment: Environment, options: PortOptions = {}): Promise<Ports> {
  const ground = groundOf(environment, options);
  const { engine, catalog, clock } = ground;
  const chosen = chosenAdapters(environment, ground, allPorts);
  const objects = (await chosen("objects")).objects();
  const aliases = (await chosen("aliases")).aliases();
  return {
    catalog,
    engine,
    clock,
    objects,
    aliases,
    raw: (await chosen("raw")).raw(),
    ledger: (await chosen("ledger")).ledger(),
    notifier: (await chosen("notifier")).notifier(),
    registry: (await chosen("registry")).registry(objects),
    trainer: (await chosen("trainer")).trainer({ engine, objects }),
    endpoints: (await chosen("endpoints")).endpoints({ objects, aliases }),
    failureMode: failureModeIn(environment),
  };
}

function failureModeIn(environment: Environment): Ports["failureMode"] {
  const mode = environment["FAILURE_MODE"] || "isolate";
  if (mode === "isolate" || mode === "throw") return mode;
  throw new Error(`FAILURE_MODE is "${mode}"; wanted isolate or throw.`);
}

/** One of the ports that are made of no other, for a program that is no step; only what it uses must be said. */
export async function createPort<Port extends "objects" | "aliases">(
  port: Port,
  environment: Environment,
  options: PortOptions = {},
): Promise<Ports[Port]> {
  const adapters = await chosenAdapters(environment, groundOf(environment, options), [port])(port);
  return alone[port](adapters);
}

const alone: { readonly [Port in "objects" | "aliases"]: (adapters: Adapters) => Ports[Port] } = {
  objects: (adapters) => adapters.objects(),
  aliases: (adapters) => adapters.aliases(),
};

const allPorts = Object.keys(portTable) as readonly ChosenPort[];

function groundOf(environment: Environment, options: PortOptions) {
  return {
    deadlineEpochMs: () => Number.POSITIVE_INFINITY,
    catalog: modelCatalog(),
    clock: { nowEpochMs: () => Date.now() },
    pause: (durationMs: number) => setTimeout(durationMs),
    engine: duckDbEngine(duckDbOptionsIn(environment)),
    ...options,
  };
}

type Ground = ReturnType<typeof groundOf>;

/** Who answers a port; what is absent of the environment is told for all that are wanted at once. */
function chosenAdapters(environment: Environment, ground: Ground, wanted: readonly ChosenPort[]) {
  const choices = portChoices(environment);
  const local = loadOnce(async () => {
    const world = environment["STEPWRIGHT_WORLD"] ?? "";
    if (world === "" && wanted.includes("raw") && choices.raw === "local") {
      throw new Error("STEPWRIGHT_WORLD is absent; wanted the folder of a payment world.");
    }
    const { localAdapters } = await import("./local/local-adapters.ts");
    return localAdapters({ ...ground, home: environment["STEPWRIGHT_HOME"] || ".stepwright", world });
  });
  const aws = loadOnce(async () => {
    const needs = new Set(wanted.filter((port) => choices[port] !== "local"));
    const { awsSettings } = await import("./aws/aws-settings.ts");
    const { awsAdapters } = await import("./aws/aws-adapters.ts");
    return awsAdapters({ ...ground, choices, settings: awsSettings(environment, choices, needs) });
  });
  return (port: ChosenPort): Promise<Adapters> => (choices[port] === "local" ? local() : aws());
}
