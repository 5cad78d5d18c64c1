/**
 * A task contract: the name of a unit of work, the JSON it takes and gives, and the errors it may throw.
 * Machines, generated handler types and mocks all follow from it, so it is written once.
 */
import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { IfOnWire, Wire } from "./wire.ts";

/**
 * @typeParam Input  what a state must send: JSON
 * @typeParam Output  what the next state sees: JSON
 * @typeParam ErrorName  the names that Retry and Catch may mention besides AWS's own
 */
export interface TaskContract<
  Name extends string = string,
  Input = unknown,
  Output = unknown,
  ErrorName extends string = string,
> {
  readonly kind: "task";
  readonly name: Name;
  /** Absent when the contract was written with plain types. */
  readonly input: StandardSchemaV1 | undefined;
  /** Absent when the contract was written with plain types. */
  readonly output: StandardSchemaV1 | undefined;
  readonly errors: readonly ErrorName[];
  /** The ARN of a service integration or an activity; absent where a Lambda function of ours does the work. */
  readonly resource?: string;
  /** Types only; never present. */
  readonly wire?: { readonly input: (input: Input) => void; readonly output: Output };
}

/** Any contract, whatever it takes and gives. */
// oxlint-disable-next-line typescript/no-explicit-any -- `Input` is contravariant: only `any` accepts every contract
export type AnyTaskContract = TaskContract<string, any, any>;

/** The JSON that a state sends to the task. */
export type TaskInput<Contract extends AnyTaskContract> =
  Contract extends TaskContract<string, infer Input> ? Input : never;

/** The JSON that the task gives back. */
export type TaskOutput<Contract extends AnyTaskContract> = NonNullable<Contract["wire"]>["output"];

export interface TaskSchemas<
  InputSchema extends StandardSchemaV1,
  OutputSchema extends StandardSchemaV1,
  ErrorName extends string,
> {
  /** A Standard Schema (zod, valibot, arktype, …); what it accepts is what a state must send. */
  readonly input: IfOnWire<StandardSchemaV1.InferInput<InputSchema>, InputSchema>;
  /** A Standard Schema; what it gives, as JSON, is what the next state sees. */
  readonly output: IfOnWire<StandardSchemaV1.InferOutput<OutputSchema>, OutputSchema>;
  /** The error names that a handler throws on purpose; Retry and Catch may name only these and AWS's own. */
  readonly errors?: readonly ErrorName[];
}

/**
 * A task contract from schemas, or from plain types alone.
 * @param name  PascalCase; gives the handler's folder and the substitution `${<Name>FunctionArn}`
 * @example defineTask("Score", { input: z.object({ id: z.string() }), output: z.number(), errors: ["ModelMissing"] })
 * @example defineTask<{ id: string }, number>("Score")
 */
export function defineTask<
  const Name extends string,
  InputSchema extends StandardSchemaV1,
  OutputSchema extends StandardSchemaV1,
  const ErrorName extends string = never,
>(
  name: Name,
  schemas: TaskSchemas<InputSchema, OutputSchema, ErrorName>,
): TaskContract<
  Name,
  Wire<StandardSchemaV1.InferInput<InputSchema>>,
  Wire<StandardSchemaV1.InferOutput<OutputSchema>>,
  ErrorName
>;
export function defineTask<Input, Output, ErrorName extends string = never>(
  name: string,
): TaskContract<string, Wire<Input>, Wire<Output>, ErrorName>;
export function defineTask(
  name: string,
  schemas?: { input: unknown; output: unknown; errors?: readonly string[] },
): TaskContract {
  return Object.freeze({
    kind: "task",
    name,
    input: schemas?.input as StandardSchemaV1 | undefined,
    output: schemas?.output as StandardSchemaV1 | undefined,
    errors: Object.freeze([...(schemas?.errors ?? [])]),
  });
}

/**
 * The name of the definition substitution that stands for the contract's Lambda function.
 * @example functionArnSubstitution(defineTask<void, void>("Score")) // => "ScoreFunctionArn"
 */
export function functionArnSubstitution(contract: { readonly name: string }): string {
  return `${contract.name}FunctionArn`;
}
