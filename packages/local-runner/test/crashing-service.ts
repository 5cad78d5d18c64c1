/** A service in a process of its own, to be killed: `node crashing-service.ts <journal>` prints its port. */
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { StepFunctionsService, createHttpDoor, sqliteJournal } from "../src/api/index.ts";

const service = new StepFunctionsService({
  journal: sqliteJournal(process.argv[2]!),
  tasks: {
    async Double(event) {
      await delay(5);
      return (event as number) * 2;
    },
    AddOne: (event) => (event as number) + 1,
  },
});
const server = createHttpDoor(service);
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
