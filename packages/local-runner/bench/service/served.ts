/** Our service in a process of its own: `node served.ts [journal]` prints its port. */
import type { AddressInfo } from "node:net";
import { StepFunctionsService, createHttpDoor, sqliteJournal } from "../../src/api/index.ts";

const [, , journal] = process.argv;
const service = new StepFunctionsService(journal === undefined ? {} : { journal: sqliteJournal(journal) });
const server = createHttpDoor(service);
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
