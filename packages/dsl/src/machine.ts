/** `machine(…)` opens a flow. */
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { FlowBuilder } from "./flow-builder.ts";
import type { PathFlow } from "./path-flow.ts";
import type { IfOnWire, Wire } from "./wire.ts";
import { withoutUndefined } from "./without-undefined.ts";

export interface MachineOptions<InputSchema extends StandardSchemaV1> {
  /** A Standard Schema of the execution's input. */
  readonly input: IfOnWire<Wire<StandardSchemaV1.InferInput<InputSchema>>, InputSchema>;
  readonly comment?: string;
  /** Seconds, 1 to 99999999; the whole execution's limit. */
  readonly timeoutSeconds?: number;
}

/**
 * Opens a state machine.
 * @param name  1 to 80 characters; also names the generated files
 */
export function machine<InputSchema extends StandardSchemaV1>(
  name: string,
  options: MachineOptions<InputSchema>,
): PathFlow<Wire<StandardSchemaV1.InferInput<InputSchema>>, {}, never, never> {
  const flow: unknown = new FlowBuilder({
    name,
    input: options.input as StandardSchemaV1,
    queryLanguage: "JSONPath",
    fields: withoutUndefined({ Comment: options.comment, TimeoutSeconds: options.timeoutSeconds }),
  });
  return flow as PathFlow<Wire<StandardSchemaV1.InferInput<InputSchema>>, {}, never, never>;
}
