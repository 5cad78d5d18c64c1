/** How a case of each kind is run. A kind that nobody can run yet says so. */
import type { CaseOutcome, RunCase } from "./case.ts";
import { runExecution } from "./execution.ts";
import { runValidation } from "./validation.ts";

const notYet = (): CaseOutcome => ({ kind: "unsupported", reason: "not supported yet" });

export const runByKind: Readonly<Record<string, RunCase>> = {
  validation: runValidation,
  execution: runExecution,
  testState: notYet,
  api: notYet,
  mockConfig: notYet,
};
