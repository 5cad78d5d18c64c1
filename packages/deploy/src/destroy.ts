/** Takes a deployment away. */
import type { DeployClients } from "./deploy-clients.ts";
import { deleteSchedule } from "./schedule.ts";
import type { Observable } from "./observed.ts";

/**
 * Deletes the schedule first, so that nothing starts what is going; then the state machine with its versions and
 * aliases. AWS lets running executions end, and both deletions may be repeated.
 */
export async function destroy({ arn, schedule }: Observable, { states, schedules }: DeployClients): Promise<void> {
  if (schedule !== undefined) {
    await deleteSchedule(schedule, await schedules());
  }
  await states.deleteStateMachine({ stateMachineArn: arn });
}
