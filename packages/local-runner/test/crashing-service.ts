/**
 * A service in a process of its own, to be killed: `node crashing-service.ts <journal> <invocations>` prints its port
 * and appends a line to the second file for each task that it invokes.
 */
import { appendFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { TaskHandlerContext } from "../src/tasks/task-handlers.ts";
import { memoryObjects } from "../src/map-run/memory-objects.ts";
import { StepFunctionsService, createHttpDoor, sqliteJournal } from "../src/api/index.ts";

const [, , journal, invocations] = process.argv as [string, string, string, string];

function note({ request: { executionArn, path, stateName } }: TaskHandlerContext, redriveCount = 0): void {
  appendFileSync(invocations, `${JSON.stringify([process.pid, executionArn, stateName, path, redriveCount])}\n`);
}

const service = new StepFunctionsService({
  journal: sqliteJournal(journal),
  objects: memoryObjects({ in: { numbers: "[0,1,2,3,4,5,6,7]" } }),
  tasks: {
    async Double(event, context) {
      note(context);
      await delay(5);
      return (event as number) * 2;
    },
    async DoubleLater(event, context) {
      const { redriveCount, value } = event as { readonly redriveCount: number; readonly value: number };
      note(context, redriveCount);
      await delay(5);
      if (redriveCount === 0) throw new Error("not yet");
      return value * 2;
    },
    AddOne(event, context) {
      note(context);
      return (event as number) + 1;
    },
  },
});
const server = createHttpDoor(service);
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
