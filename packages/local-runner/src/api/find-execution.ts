import { findChild } from "./find-map-run.ts";
import type { CallContext } from "./operation.ts";
import type { ExecutionRecord } from "./records.ts";
import { doesNotExist, invalidArn } from "./service-error.ts";
import { arnOf } from "./service-state.ts";

/**
 * A Standard execution, or a child of a Map Run.
 * @param takesExpress takes Express children too; an Express execution of its own is kept nowhere
 * @throws ServiceError `InvalidArn`, `ExecutionDoesNotExist`
 */
export function findExecution(call: CallContext, text: string, takesExpress = false): ExecutionRecord {
  const arn = takesExpress ? arnOf(text, "execution", "express") : arnOf(text, "execution");
  const { kind, label, stateMachine } = arn;
  if (kind === "express" && label === undefined) throw invalidArn("Resource type not valid in this context: express");
  const record = label === undefined ? call.state.executions.get(text) : findChild(call, text, stateMachine, label);
  if (record === undefined) throw doesNotExist("Execution", text);
  return record;
}
