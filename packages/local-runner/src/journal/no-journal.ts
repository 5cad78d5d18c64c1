import { randomBytes } from "node:crypto";
import type { Journal } from "./journal.ts";

/** Nothing survives the process. */
export function noJournal(): Journal {
  return {
    keeps: false,
    key: randomBytes(32).toString("hex"),
    appendCall() {},
    appendEvent() {},
    appendEnd() {},
    forgetEvents() {},
    kept: async () => {},
    entries: () => [],
    events: () => [],
    close() {},
  };
}
