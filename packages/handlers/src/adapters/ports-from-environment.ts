/** The ports that a Lambda function, or a process that plays one, works with. Made once and kept. */
import path from "node:path";
import type { Ports } from "../ports.ts";
import { awsPorts } from "./aws/aws-ports.ts";
import { awsSettings } from "./aws/aws-settings.ts";
import { localPorts } from "./local/local-ports.ts";

type Environment = Readonly<Record<string, string | undefined>>;
type Profile = "local" | "aws";

let ports: Ports | undefined;
let deadlineEpochMs = Number.POSITIVE_INFINITY;

/**
 * `RETRAIN_PROFILE` says which adapters: `local` (when absent) or `aws`. The local ones keep everything below
 * `STEPWRIGHT_HOME` (`.stepwright` when absent) and read the payment world in the folder `STEPWRIGHT_WORLD`.
 *
 * @param answerByEpochMs  when this invocation must have answered; a function has one invocation at a time
 */
export function portsFromEnvironment(
  answerByEpochMs: number = Number.POSITIVE_INFINITY,
  environment: Environment = process.env,
): Ports {
  deadlineEpochMs = answerByEpochMs;
  ports ??= createPorts(environment, () => deadlineEpochMs);
  return ports;
}

/** @throws Error that names the variables that are absent or wrong */
export function createPorts(environment: Environment, deadline: () => number): Ports {
  const profile = environment["RETRAIN_PROFILE"] ?? "local";
  if (!isProfile(profile)) throw new Error(`RETRAIN_PROFILE is "${profile}"; wanted local or aws.`);
  return creators[profile](environment, deadline);
}

const creators: Readonly<Record<Profile, (environment: Environment, deadline: () => number) => Ports>> = {
  local: (environment) => {
    const home = path.resolve(environment["STEPWRIGHT_HOME"] ?? ".stepwright");
    const world = environment["STEPWRIGHT_WORLD"];
    if (world === undefined) throw new Error("STEPWRIGHT_WORLD is absent; wanted the folder of a payment world.");
    return localPorts({ home, world, failureMode: failureModeIn(environment) });
  },
  aws: (environment, deadline) =>
    awsPorts({
      settings: awsSettings(environment),
      deadlineEpochMs: deadline,
      failureMode: failureModeIn(environment),
    }),
};

function failureModeIn(environment: Environment): Ports["failureMode"] {
  return environment["FAILURE_MODE"] === "throw" ? "throw" : "isolate";
}

function isProfile(profile: string): profile is Profile {
  return Object.hasOwn(creators, profile);
}
