import type { CallContext, CheckedRequest } from "./operation.ts";
import { textOf } from "./request-members.ts";
import { assertNotDeleting, findMachine, refuseLabel } from "./service-state.ts";
import type { FoundMachine } from "./service-state.ts";

export interface MachineToStart extends FoundMachine {
  readonly testCase: string | undefined;
}

/**
 * The machine of a StartExecution or StartSyncExecution, which may be named with a test case of the mocks, as Step
 * Functions Local takes it: `arn:…:stateMachine:Train#HappyPath`.
 *
 * @throws ServiceError `InvalidArn`, `ValidationException`, `StateMachineDoesNotExist`, `StateMachineDeleting`
 */
export function findMachineToStart({ assertTestCase, state }: CallContext, request: CheckedRequest): MachineToStart {
  const [arn = "", ...rest] = textOf(request, "stateMachineArn").split("#");
  const testCase = rest.length === 0 ? undefined : rest.join("#");
  refuseLabel(arn);
  const found = findMachine(state, arn);
  assertNotDeleting(found.machine);
  if (testCase !== undefined) assertTestCase(found.machine.name, testCase);
  return { ...found, testCase };
}
