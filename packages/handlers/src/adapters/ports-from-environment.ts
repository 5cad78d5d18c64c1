/** The ports that a Lambda function, or a process that plays one, works with. Made once and kept. */
import path from "node:path";
import type { Ports } from "../ports.ts";
import { localPorts } from "./local/local-ports.ts";

type Environment = Readonly<Record<string, string | undefined>>;
type Profile = "local" | "aws";

let ports: Ports | undefined;

/**
 * `RETRAIN_PROFILE` says which adapters: `local` (when absent) or `aws`. The local ones keep everything below
 * `STEPWRIGHT_HOME` (`.stepwright` when absent) and read the payment world in the folder `STEPWRIGHT_WORLD`.
 */
export function portsFromEnvironment(environment: Environment = process.env): Ports {
  ports ??= createPorts(environment);
  return ports;
}

/** @throws Error that names the variable that is absent or wrong */
export function createPorts(environment: Environment): Ports {
  const profile = environment["RETRAIN_PROFILE"] ?? "local";
  if (!isProfile(profile)) throw new Error(`RETRAIN_PROFILE is "${profile}"; wanted local or aws.`);
  return creators[profile](environment);
}

const creators: Readonly<Record<Profile, (environment: Environment) => Ports>> = {
  local: (environment) => {
    const home = path.resolve(environment["STEPWRIGHT_HOME"] ?? ".stepwright");
    const world = environment["STEPWRIGHT_WORLD"];
    if (world === undefined) throw new Error("STEPWRIGHT_WORLD is absent; wanted the folder of a payment world.");
    return localPorts({ home, world, failureMode: environment["FAILURE_MODE"] === "throw" ? "throw" : "isolate" });
  },
  aws: () => {
    throw new Error("RETRAIN_PROFILE=aws: the adapters for AWS are not there yet; wanted local.");
  },
};

function isProfile(profile: string): profile is Profile {
  return Object.hasOwn(creators, profile);
}
