/** The context object: `$$` in JSONPath, `$states.context` in JSONata. */

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
export interface ExecutionContext {
  readonly Execution: {
    readonly Id: string;
    readonly Input: unknown;
    readonly Name: string;
    readonly RoleArn: string;
    /** ISO 8601, UTC. */
    readonly StartTime: string;
    readonly RedriveCount?: number;
  };
  readonly StateMachine: { readonly Id: string; readonly Name: string };
  readonly State: {
    readonly Name: string;
    /** ISO 8601, UTC. */
    readonly EnteredTime: string;
    readonly RetryCount?: number;
  };
}

/** Inside a Map's `itemSelector`. */
export interface ItemContext<Item> extends ExecutionContext {
  readonly Map: { readonly Item: { /** From 0. */ readonly Index: number; readonly Value: Item } };
}

/** In what a Task is sent whose resource ends in `.waitForTaskToken`. */
export interface TokenContext extends ExecutionContext {
  readonly Task: { readonly Token: string };
}

/** What a Task can be sent, by the end of its resource; elsewhere a token's path finds nothing. */
export type SendingContext<Resource extends string> = Resource extends `${string}.waitForTaskToken`
  ? TokenContext
  : ExecutionContext;
