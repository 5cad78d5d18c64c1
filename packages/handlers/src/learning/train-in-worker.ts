/** Trains in a worker thread, so that the thread that asked stays free for other work. */
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { BoostedTrees } from "./boosted-trees.ts";
import type { TrainingOptions, TrainingProgress } from "./boosting.ts";
import type { LabelledMatrix } from "./feature-matrix.ts";
import { resolveHyperParameters } from "./hyper-parameters.ts";
import type { TrainingMessage, TrainingOrder } from "./training-message.ts";

export interface WorkerTrainingOptions extends TrainingOptions {
  /**
   * Moves the tables' buffers to the worker instead of copying them: the caller's columns are empty afterwards.
   * For tables so large that two copies would not fit.
   */
  readonly handOver?: boolean;
  /** The worker's module; a bundler puts it elsewhere than beside this one. */
  readonly workerUrl?: URL;
}

/**
 * Trains as {@link trainBoostedTrees} does, to the same bytes, in a thread of its own.
 *
 * Rejects with an error of the same name as {@link trainBoostedTrees} throws, and with the signal's reason as soon as
 * it is aborted, in the middle of a tree if need be.
 */
export async function trainInWorker(
  train: LabelledMatrix,
  validation: LabelledMatrix | undefined,
  parameters: Readonly<Record<string, number>>,
  { onRound, signal, handOver = false, workerUrl = besideThisModule() }: WorkerTrainingOptions = {},
): Promise<BoostedTrees> {
  resolveHyperParameters(parameters);
  signal?.throwIfAborted();
  const order: TrainingOrder = { train, validation, parameters, wantsProgress: onRound !== undefined };
  const worker = new Worker(workerUrl, { workerData: order, transferList: handOver ? buffersOf(order) : [] });
  const { promise, resolve, reject } = Promise.withResolvers<BoostedTrees>();
  worker.on("message", (message: TrainingMessage) => {
    if (message.kind === "trained") resolve(message.model);
    else if (message.kind === "failed") reject(revive(message));
    else reportTo(onRound, message.progress, reject);
  });
  worker.on("error", reject);
  worker.on("exit", (code) => reject(new Error(`The training worker ended with code ${code} and without a model.`)));
  const abort = () => reject(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  try {
    return await promise;
  } finally {
    signal?.removeEventListener("abort", abort);
    await worker.terminate();
  }
}

function revive({ name, message, stack }: Extract<TrainingMessage, { kind: "failed" }>): Error {
  return Object.assign(new Error(message), { name, stack });
}

/** A listener that throws ends the training, as it does without a worker. */
function reportTo(
  onRound: TrainingOptions["onRound"],
  progress: TrainingProgress,
  reject: (reason: unknown) => void,
): void {
  try {
    onRound?.(progress);
  } catch (error) {
    reject(error);
  }
}

/** Source (`.ts`), built (`.js`) and bundled (`.mjs`) modules lie beside a worker of their own kind. */
function besideThisModule(): URL {
  return new URL(`./training-worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
}

function buffersOf({ train, validation }: TrainingOrder): ArrayBuffer[] {
  const tables = validation ? [train, validation] : [train];
  // Columns may be views of one buffer, which moves once.
  return [...new Set(tables.flatMap(({ columns, labels }) => [labels, columns].flat().map(({ buffer }) => buffer)))];
}
