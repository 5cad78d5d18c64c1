import { deepEqual, parseJson } from "@stepwright/asl";
import type { JsonObject, JsonValue } from "@stepwright/asl";
import type { StepFunctionsService } from "@stepwright/local-runner/service";
import { UsageError } from "../usage-error.ts";
import type { ServedMachine } from "./open-project.ts";

/**
 * Makes the project's machines, or brings them up to date that an earlier service left in the journal.
 * @throws UsageError for a machine that is refused
 */
export async function registerMachines(
  service: StepFunctionsService,
  machines: readonly ServedMachine[],
): Promise<void> {
  for (const machine of machines) {
    try {
      await register(service, machine);
    } catch (reason) {
      throw new UsageError(`The machine ${machine.name} is refused: ${(reason as Error).message}`);
    }
  }
}

async function register(service: StepFunctionsService, machine: ServedMachine): Promise<void> {
  const { infrastructure, name } = machine;
  const stateMachineArn = arnOf(name);
  const type = infrastructure.type ?? "STANDARD";
  const known = await service.call("DescribeStateMachine", { stateMachineArn }).catch(() => undefined);
  if (known === undefined) {
    const tags = Object.entries(machine.tags).map(([key, value]) => ({ key, value }));
    const request = { name, type, ...settingsOf(machine) };
    await service.call("CreateStateMachine", tags.length === 0 ? request : { ...request, tags });
    return;
  }
  if (known["type"] !== type) {
    throw new UsageError(
      `it is ${known["type"] as string} in the journal and ${type} in the configuration; wanted another --data`,
    );
  }
  const settings = settingsOf(machine);
  const isSame = Object.entries(settings).every(([member, value]) =>
    deepEqual(comparable(known[member]), comparable(value)),
  );
  if (!isSame) await service.call("UpdateStateMachine", { stateMachineArn, ...settings });
}

function arnOf(name: string): string {
  return `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;
}

/** A definition is the same in other words, too. */
function comparable(value: JsonValue | undefined): JsonValue {
  return typeof value === "string" ? (parseJson(value).value ?? value) : (value ?? null);
}

function settingsOf({ definition, infrastructure, logGroupArn, roleArn }: ServedMachine): JsonObject {
  const { logLevel = "OFF", tracing = false } = infrastructure;
  const destinations = logLevel === "OFF" ? {} : { destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }] };
  return {
    roleArn,
    definition: JSON.stringify(definition),
    loggingConfiguration: { level: logLevel, includeExecutionData: false, ...destinations },
    tracingConfiguration: { enabled: tracing },
  };
}
