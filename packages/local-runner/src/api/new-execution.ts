import { isValidName, printStatesArn } from "@stepwright/asl";
import { executionInput } from "./execution-input.ts";
import type { MachineToStart } from "./machine-to-start.ts";
import type { CallContext, CheckedRequest } from "./operation.ts";
import type { ExecutionRecord, MachineAlias, MachineVersion } from "./records.ts";
import { optionalText } from "./request-members.ts";
import { ServiceError } from "./service-error.ts";

/**
 * An execution as StartExecution and StartSyncExecution begin it.
 * @throws ServiceError `InvalidName`, `InvalidExecutionInput`, `InvalidDefinition`
 */
export function newExecution(call: CallContext, request: CheckedRequest, found: MachineToStart): ExecutionRecord {
  const { nowEpochMs, state } = call;
  const { alias, machine, testCase } = found;
  const name = optionalText(request, "name") ?? call.newId();
  if (!isValidName(name)) throw new ServiceError("InvalidName", `Invalid Name: '${name}'`);
  const inputText = executionInput(optionalText(request, "input"));
  const version = alias === undefined ? found.version : routedVersion(alias, machine.versions, call.newId());
  const { revision } = version ?? machine;
  call.assertRunnable(revision);
  const isExpress = machine.type === "EXPRESS";
  return {
    arn: printStatesArn(
      isExpress
        ? { ...state.home, kind: "express", stateMachine: machine.name, name, run: call.newId() }
        : { ...state.home, kind: "execution", stateMachine: machine.name, name },
    ),
    name,
    machineArn: machine.arn,
    machineName: machine.name,
    type: machine.type,
    revision,
    versionArn: version?.arn,
    aliasArn: alias?.arn,
    testCase,
    traceHeader: optionalText(request, "traceHeader"),
    startedAtEpochMs: nowEpochMs,
    status: "RUNNING",
    stoppedAtEpochMs: undefined,
    payload: { inputText, output: undefined },
    startPlace: undefined,
    endPlace: undefined,
    error: undefined,
    cause: undefined,
    redriveCount: 0,
    redrivenAtEpochMs: undefined,
    redriveTokens: [],
    eventCount: 0,
    mapRunArns: [],
    run: undefined,
    childOf: undefined,
  };
}

/** @param id random; says which of two weighted routes is taken */
function routedVersion(
  { routes }: MachineAlias,
  versions: readonly MachineVersion[],
  id: string,
): MachineVersion | undefined {
  let percent = (Number.parseInt(id.slice(0, 8), 16) / 0x1_0000_0000) * 100;
  const route = routes.find(({ weight }) => (percent -= weight) < 0) ?? routes.at(-1);
  return versions.find(({ arn }) => arn === route?.stateMachineVersionArn);
}
