/** How a case of each kind is run. */
import { runApi } from "./api.ts";
import type { RunCase } from "./case.ts";
import { runExecution } from "./execution.ts";
import { runMockConfig } from "./mock-config.ts";
import { runTestState } from "./test-state.ts";
import { runValidation } from "./validation.ts";

export const runByKind: Readonly<Record<string, RunCase>> = {
  validation: runValidation,
  execution: runExecution,
  testState: runTestState,
  api: runApi,
  mockConfig: runMockConfig,
};
