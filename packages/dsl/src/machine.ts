/** `machine(…)` opens a flow. */
import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { JsonObject, QueryLanguage } from "@stepwright/asl";
import { captureCallSite } from "./call-site.ts";
import { FlowBuilder } from "./flow-builder.ts";
import type { JsonataFlow } from "./jsonata-flow.ts";
import type { PathFlow } from "./path-flow.ts";
import { isPlain } from "./plain.ts";
import type { IfOnWire, Wire } from "./wire.ts";
import { withoutUndefined } from "./without-undefined.ts";

export interface MachineOptions<InputSchema extends StandardSchemaV1, Language extends QueryLanguage> {
  /** A Standard Schema of the execution's input, or `plain<Type>()`. */
  readonly input: IfOnWire<StandardSchemaV1.InferInput<InputSchema>, InputSchema>;
  readonly comment?: string;
  /** `JSONPath` when absent, as in ASL. */
  readonly queryLanguage?: Language;
  /** Seconds, 1 to 99999999; the whole execution's limit. */
  readonly timeoutSeconds?: number;
  /** Of the language; ASL has no other. */
  readonly version?: "1.0";
  /** Fields as ASL, for what has no option here. */
  readonly asl?: JsonObject;
}

/** The empty flow of a new machine. */
export interface Flows<Input> {
  readonly JSONPath: PathFlow<Input>;
  readonly JSONata: JsonataFlow<Input>;
}

/**
 * Opens a state machine.
 * @param name  1 to 80 characters, no white space and none that AWS refuses; `stepwright generate` checks it
 */
export function machine<InputSchema extends StandardSchemaV1, Language extends QueryLanguage = "JSONPath">(
  name: string,
  options: MachineOptions<InputSchema, Language>,
): Flows<Wire<StandardSchemaV1.InferInput<InputSchema>>>[Language] {
  const schema = options.input as StandardSchemaV1;
  const flow: unknown = new FlowBuilder({
    name,
    input: isPlain(schema) ? undefined : schema,
    queryLanguage: options.queryLanguage ?? "JSONPath",
    fields: withoutUndefined({
      Comment: options.comment,
      Version: options.version,
      TimeoutSeconds: options.timeoutSeconds,
      ...options.asl,
    }),
    callSite: captureCallSite(machine),
  });
  return flow as Flows<Wire<StandardSchemaV1.InferInput<InputSchema>>>[Language];
}
