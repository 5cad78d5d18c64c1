/** How a case of each kind is run. A kind that nobody can run yet says so. */
import type { CaseOutcome, RunCase } from "./case.ts";
import { runExecution } from "./execution.ts";
import { runMockConfig } from "./mock-config.ts";
import { runTestState } from "./test-state.ts";
import { runValidation } from "./validation.ts";

const notYet = (): CaseOutcome => ({ kind: "unsupported", reason: "not supported yet" });

export const runByKind: Readonly<Record<string, RunCase>> = {
  validation: runValidation,
  execution: runExecution,
  testState: runTestState,
  api: notYet,
  mockConfig: runMockConfig,
};
