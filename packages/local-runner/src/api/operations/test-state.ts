import type { JsonObject } from "@stepwright/asl";
import { TestStateRefusal } from "../../test-state/test-state-refusal.ts";
import type { TestStateRequest } from "../../test-state/test-state-request.ts";
import { testState as runTestState } from "../../test-state/test-state.ts";
import { reading } from "../operation.ts";
import { ServiceError } from "../service-error.ts";

/** One state alone, its work mocked or done by the service's own tasks. */
export const testState = reading(async ({ nowEpochMs, tasks }, request) => {
  try {
    const response = await runTestState(request as unknown as TestStateRequest, { tasks, nowEpochMs });
    return { ...response } as unknown as JsonObject;
  } catch (reason) {
    throw reason instanceof TestStateRefusal ? new ServiceError(reason.name, reason.message) : reason;
  }
});
