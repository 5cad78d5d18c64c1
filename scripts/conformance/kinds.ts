/** How a case of each kind is run. */
import { runApi } from "./api.ts";
import type { RunCase } from "./case.ts";
import { answerInProcess } from "./execution-in-process.ts";
import { answerOverHttp } from "./execution-over-http.ts";
import { runExecution } from "./execution.ts";
import { runMockConfig } from "./mock-config.ts";
import { runTestState } from "./test-state.ts";
import { runValidation } from "./validation.ts";

export const runByKind: Readonly<Record<string, RunCase>> = {
  validation: runValidation,
  execution: (conformanceCase) => runExecution(conformanceCase, answerInProcess),
  testState: runTestState,
  api: runApi,
  mockConfig: runMockConfig,
};

/** The kinds that can also go through the service's door. */
export const runOverHttpByKind: Readonly<Record<string, RunCase>> = {
  execution: (conformanceCase) => runExecution(conformanceCase, answerOverHttp),
};
