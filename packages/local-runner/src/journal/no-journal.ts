import { randomBytes } from "node:crypto";
import type { Journal } from "./journal.ts";

/** Nothing survives the process. */
export function noJournal(): Journal {
  return {
    keeps: false,
    key: randomBytes(32).toString("hex"),
    appendCall: () => 0,
    appendEvent() {},
    appendEnd: () => 0,
    forgetEvents() {},
    kept: async () => {},
    entries: () => [],
    entryAt() {
      throw new Error("There is no journal, and so no entry.");
    },
    events: () => [],
    close() {},
  };
}
