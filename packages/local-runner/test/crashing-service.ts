/**
 * A service in a process of its own, to be killed: `node crashing-service.ts <journal> <invocations>` prints its port
 * and appends a line to the second file for each task that it invokes.
 */
import { appendFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { TaskHandlerContext } from "../src/tasks/task-handlers.ts";
import { StepFunctionsService, createHttpDoor, sqliteJournal } from "../src/api/index.ts";

const [, , journal, invocations] = process.argv as [string, string, string, string];

function note({ request: { executionArn, path, stateName } }: TaskHandlerContext): void {
  appendFileSync(invocations, `${JSON.stringify([process.pid, executionArn, stateName, path])}\n`);
}

const service = new StepFunctionsService({
  journal: sqliteJournal(journal),
  tasks: {
    async Double(event, context) {
      note(context);
      await delay(5);
      return (event as number) * 2;
    },
    AddOne(event, context) {
      note(context);
      return (event as number) + 1;
    },
  },
});
const server = createHttpDoor(service);
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
