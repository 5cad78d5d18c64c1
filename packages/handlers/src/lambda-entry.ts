/** The door of a step's Lambda function: the event checked, the ports of the environment, the deadline of the invocation. */
import { portsFromEnvironment } from "./adapters/ports-from-environment.ts";
import type { Ports } from "./ports.ts";

/** The part of Lambda's context that is used; a process that only plays Lambda has none of it. */
export interface InvocationContext {
  readonly getRemainingTimeInMillis?: () => number;
}

/** Kept back from the time that Lambda gives, to store a result and to answer. */
const reserveMs = 60_000;

/**
 * @param parse  refuses an event that does not fit the contract
 * @param step  the step over its ports
 */
export function lambdaEntry<Input, Output>(
  parse: (event: unknown) => Input,
  step: (ports: Ports) => (input: Input) => Promise<Output>,
): (event: unknown, context?: InvocationContext) => Promise<Output> {
  return async (event, context) => {
    const input = parse(event);
    const remainingMs = context?.getRemainingTimeInMillis?.();
    const answerByEpochMs = remainingMs === undefined ? undefined : Date.now() + remainingMs - reserveMs;
    return step(await portsFromEnvironment(answerByEpochMs))(input);
  };
}
