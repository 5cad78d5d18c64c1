/** What a deployment is watched by: people who start the alias all the time. */
import { systemClock } from "@stepwright/deploy";
import type { Clock, DeployClients } from "@stepwright/deploy";

/** As many as show a quarter of them at the new version. */
export const callsEachTime = 12;

/** A month without models: it goes through the machine and trains nothing. */
const input = JSON.stringify({ models: [] });

/** Each time the deployment waits, callers start executions of the alias. */
export function clockWithCallers(aliasArn: string, { states }: Pick<DeployClients, "states">): Clock {
  return {
    async wait(durationMs, signal) {
      const calls = Array.from({ length: callsEachTime }, () =>
        states.startExecution({ stateMachineArn: aliasArn, input }),
      );
      await Promise.all(calls);
      await systemClock.wait(durationMs, signal);
    },
  };
}
