/** The door of a step's Lambda function: the event checked, the ports of the environment, the deadline of the invocation. */
import { portsFromEnvironment } from "./adapters/ports-from-environment.ts";
import type { Ports } from "./ports.ts";
import type { MetricGroup } from "./telemetry/embedded-metrics.ts";
import { invocationLine } from "./telemetry/invocation-line.ts";
import type { Ending } from "./telemetry/invocation-line.ts";

/** The part of Lambda's context that is used; a process that only plays Lambda has none of it. */
export interface InvocationContext {
  readonly getRemainingTimeInMillis?: () => number;
  readonly awsRequestId?: string;
}

export interface LambdaStep<Input, Output> {
  /** As the machine calls it. */
  readonly task: string;
  /** Refuses an event that does not fit the contract. */
  readonly parse: (event: unknown) => Input;
  /** The step over its ports. */
  readonly step: (ports: Ports) => (input: Input) => Promise<Output>;
  /** What the answer says to whoever watches, besides what every step does. */
  readonly measure?: (output: Output) => readonly MetricGroup[];
}

/** What an entry needs of the process that it runs in. */
export interface EntryHost {
  readonly ports: (answerByEpochMs: number | undefined) => Promise<Ports>;
  /** `undefined` where nobody reads metrics from a log. */
  readonly log: ((line: string) => void) | undefined;
}

/** Kept back from the time that Lambda gives, to store a result and to answer. */
const reserveMs = 60_000;

export function lambdaEntry<Input, Output>(
  { task, parse, step, measure }: LambdaStep<Input, Output>,
  host: EntryHost = thisProcess,
): (event: unknown, context?: InvocationContext) => Promise<Output> {
  async function answer(event: unknown, context: InvocationContext | undefined): Promise<Output> {
    const input = parse(event);
    const remainingMs = context?.getRemainingTimeInMillis?.();
    const answerByEpochMs = remainingMs === undefined ? undefined : Date.now() + remainingMs - reserveMs;
    return step(await host.ports(answerByEpochMs))(input);
  }

  return async (event, context) => {
    const startedAtEpochMs = Date.now();
    const tell = (ending: Ending, measured: readonly MetricGroup[] = []) =>
      host.log?.(
        invocationLine(
          { task, event, startedAtEpochMs, endedAtEpochMs: Date.now(), requestId: context?.awsRequestId, measured },
          ending,
        ),
      );
    try {
      const output = await answer(event, context);
      tell({ output }, measure?.(output));
      return output;
    } catch (error) {
      tell({ error });
      throw error;
    }
  };
}

const thisProcess: EntryHost = {
  ports: portsFromEnvironment,
  // Lambda sets the variable; anywhere else the lines would stand between a program's own words.
  log:
    process.env["AWS_LAMBDA_FUNCTION_NAME"] === undefined
      ? undefined
      : (line) => {
          process.stdout.write(`${line}\n`);
        },
};
