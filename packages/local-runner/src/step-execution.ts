import type { StateMachineDefinition } from "@stepwright/asl";
import type { ExecutionResult } from "./execution-result.ts";
import type { ExecutionEvent } from "./history/execution-event.ts";
import { compileDefinition, finish, prepare } from "./run-definition.ts";
import type { RunOptions } from "./run-definition.ts";

/** An execution that goes on only when it is asked to. */
export interface SteppedExecution extends AsyncIterable<ExecutionEvent> {
  /** The next event of the history; `undefined` when there is none any more. */
  next(): Promise<ExecutionEvent | undefined>;
  /** It ends `ABORTED`; the events before the end are still to be had. */
  stop(error?: string, cause?: string): void;
  /** When it has ended; nothing ends it but `next` and `stop`. */
  readonly ended: Promise<ExecutionResult>;
}

/**
 * Runs a definition event by event. Nothing happens ahead of what was shown: no task is invoked and no virtual time
 * passes before the last event is taken that the interpreter has recorded.
 *
 * @example
 * const execution = stepExecution(definition, { tasks, time: "virtual" });
 * for await (const { type, stateName } of execution) console.log(type, stateName);
 */
export function stepExecution(definition: StateMachineDefinition, options: RunOptions = {}): SteppedExecution {
  const shown: ExecutionEvent[] = [];
  let waiting: PromiseWithResolvers<void> | undefined;
  const onEvent = (event: ExecutionEvent): void => {
    shown.push(event);
    drive.pause();
    waiting?.resolve();
  };
  const prepared = prepare(compileDefinition(definition, options.substitutions), { ...options, onEvent }, false);
  const { drive } = prepared;
  let ended: Promise<ExecutionResult> | undefined;
  let isOver = false;
  const run = async (): Promise<ExecutionResult> => {
    try {
      return await finish(prepared, options);
    } finally {
      isOver = true;
      waiting?.resolve();
    }
  };
  const goOn = (): Promise<ExecutionResult> => {
    if (ended === undefined) ended = run();
    else drive.resume();
    return ended;
  };
  const next = async (): Promise<ExecutionEvent | undefined> => {
    if (shown.length === 0 && !isOver) {
      waiting = Promise.withResolvers();
      const running = goOn();
      // `next` tells of it.
      running.catch(() => undefined);
      if (shown.length === 0) await waiting.promise;
    }
    // A run that rejects has no last event.
    if (shown.length === 0) await ended;
    return shown.shift();
  };
  return {
    next,
    stop: (error, cause) => {
      drive.send({
        type: "stopped",
        ...(error === undefined ? undefined : { error }),
        ...(cause === undefined ? undefined : { cause }),
      });
      drive.resume();
    },
    get ended() {
      ended ??= run();
      return ended;
    },
    async *[Symbol.asyncIterator]() {
      for (let event = await next(); event !== undefined; event = await next()) {
        yield event;
      }
    },
  };
}
