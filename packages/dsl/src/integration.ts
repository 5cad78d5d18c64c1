/**
 * Service integrations as task contracts: a request and a response around an ARN of AWS's own.
 * What they take and give is written in AWS's words, PascalCase, as Step Functions wants it.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html
 */
import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { TaskContract, TaskSchemas } from "./task.ts";
import type { Wire } from "./wire.ts";

/** A contract whose name is what its ARN ends in: `sqs:sendMessage.waitForTaskToken`. */
export type Integration<Action extends string, Request, Response, ErrorName extends string = never> = TaskContract<
  Action,
  Request,
  Response,
  ErrorName
>;

/**
 * The contract of an integration that has no helper here.
 * @param action  what follows `arn:aws:states:::`, with the pattern if it has one
 * @example defineIntegration("glue:startJobRun.sync", { input: plain<{ JobName: string }>(), output: plain<JobRun>() })
 */
export function defineIntegration<
  const Action extends string,
  InputSchema extends StandardSchemaV1,
  OutputSchema extends StandardSchemaV1,
  const ErrorName extends string = never,
>(
  action: Action,
  schemas: TaskSchemas<InputSchema, OutputSchema, ErrorName>,
): Integration<
  Action,
  Wire<StandardSchemaV1.InferInput<InputSchema>>,
  Wire<StandardSchemaV1.InferOutput<OutputSchema>>,
  ErrorName
> {
  return integration(action, schemas.errors);
}

/** @internal */
export function integration<Action extends string, Request, Response, ErrorName extends string = never>(
  action: Action,
  errors: readonly ErrorName[] = [],
): Integration<Action, Request, Response, ErrorName> {
  return Object.freeze({
    kind: "task",
    name: action,
    input: undefined,
    output: undefined,
    errors: Object.freeze([...errors]),
    resource: `arn:aws:states:::${action}`,
  });
}
