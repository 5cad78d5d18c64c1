/** `machine(…)` opens a flow; the flow's methods append steps to it. */
import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { JsonObject, JsonValue, QueryLanguage, StateType } from "@stepwright/asl";
import type { CallSite } from "./call-site.ts";
import { captureCallSite } from "./call-site.ts";
import type { Expression } from "./expression.ts";
import type { PathFlow } from "./flow.ts";
import { present } from "./present.ts";
import { printPath } from "./print-path.ts";
import { printRetrier } from "./retry.ts";
import type { RetrierOptions } from "./retry.ts";
import { scope } from "./scope.ts";
import type { Graph, MachineHead, Step } from "./step.ts";
import type { AnyTaskContract } from "./task.ts";
import { functionArnSubstitution } from "./task.ts";
import { printTemplate } from "./template.ts";
import type { IfOnWire, Wire } from "./wire.ts";

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
  const head: MachineHead = {
    name,
    input: options.input as StandardSchemaV1,
    queryLanguage: "JSONPath",
    fields: present({ Comment: options.comment, TimeoutSeconds: options.timeoutSeconds }),
  };
  return new FlowBuilder(head, []) as never;
}

type Callback = (scope: unknown) => unknown;
type Fragment = (flow: FlowBuilder) => FlowBuilder;

interface Options {
  readonly [name: string]: unknown;
}

/** The one implementation behind the flow types. */
export class FlowBuilder implements Graph {
  readonly head: MachineHead;
  readonly steps: readonly Step[];

  constructor(head: MachineHead, steps: readonly Step[]) {
    this.head = head;
    this.steps = steps;
    Object.freeze(this);
  }

  task(name: string, contract: AnyTaskContract, options: Options = {}): FlowBuilder {
    const fields = { Resource: `\${${functionArnSubstitution(contract)}}`, ...this.#fields(options) };
    return this.#append("Task", name, fields, captureCallSite(this.task), { contract });
  }

  map(name: string, options: Options, processor: Fragment): FlowBuilder {
    const fields = this.#fields(options);
    const { steps } = processor(this.#inside());
    const extras = { processor: { steps, fields: { ProcessorConfig: { Mode: "INLINE" } } } };
    return this.#append("Map", name, fields, captureCallSite(this.map), extras);
  }

  parallel(name: string, branches: readonly Fragment[], options: Options = {}): FlowBuilder {
    const graphs = branches.map((branch) => branch(this.#inside()));
    return this.#append("Parallel", name, this.#fields(options), captureCallSite(this.parallel), { branches: graphs });
  }

  succeed(name: string, options: Options = {}): FlowBuilder {
    return this.#append("Succeed", name, this.#fields(options), captureCallSite(this.succeed));
  }

  #inside(): FlowBuilder {
    return new FlowBuilder(this.head, []);
  }

  #append(
    type: StateType,
    name: string,
    fields: JsonObject,
    callSite: CallSite,
    extras: Partial<Step> = {},
  ): FlowBuilder {
    return new FlowBuilder(this.head, [...this.steps, { name, type, callSite, fields, ...extras }]);
  }

  #fields(options: Options): JsonObject {
    const entries = Object.entries(options).filter(([, value]) => value !== undefined);
    return Object.assign({}, ...entries.map(([name, value]) => this.#field(name, value))) as JsonObject;
  }

  #field(name: string, value: unknown): JsonObject {
    const print = printOption[name];
    if (print === undefined)
      throw new TypeError(`found the option "${name}", wanted one of ${Object.keys(printOption).join(", ")}`);
    return print(value as never, this.head.queryLanguage);
  }
}

/** How each option is written as ASL. */
const printOption: { readonly [option: string]: (value: never, language: QueryLanguage) => JsonObject } = {
  comment: (value: string) => ({ Comment: value }),
  retry: (value: readonly RetrierOptions[]) => ({ Retry: value.map(printRetrier) }),
  parameters: (value: Callback) => ({ Parameters: printTemplate.JSONPath(value(scope)) }),
  resultSelector: (value: Callback) => ({ ResultSelector: printTemplate.JSONPath(value(scope)) }),
  resultPath: (value: string | null) => ({ ResultPath: value }),
  timeoutSeconds: (value: number) => ({ TimeoutSeconds: value }),
  heartbeatSeconds: (value: number) => ({ HeartbeatSeconds: value }),
  items: (value: (from: unknown) => Expression<JsonValue>) => ({ ItemsPath: printPath(value(scope)) }),
  itemSelector: (value: Callback, language) => ({ ItemSelector: printTemplate[language](value(scope)) }),
  maxConcurrency: (value: number) => ({ MaxConcurrency: value }),
};
