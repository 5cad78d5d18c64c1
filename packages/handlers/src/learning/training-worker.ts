/** The entry of a worker thread that trains one model and ends. See `train-in-worker.ts` for its other side. */
import { parentPort, workerData } from "node:worker_threads";
import type { BoostedTrees } from "./boosted-trees.ts";
import { trainBoostedTrees } from "./boosting.ts";
import type { TrainingMessage, TrainingOrder } from "./training-message.ts";

function answer(message: TrainingMessage, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

function buffersOf(model: BoostedTrees): ArrayBuffer[] {
  return model.trees.flatMap((tree) => Object.values(tree).map((array: { buffer: ArrayBuffer }) => array.buffer));
}

const order: TrainingOrder = workerData;
try {
  const model = trainBoostedTrees(order.train, order.validation, order.parameters, {
    ...(order.wantsProgress && { onRound: (progress) => answer({ kind: "progress", progress }) }),
  });
  answer({ kind: "trained", model }, buffersOf(model));
} catch (error) {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  answer({ kind: "failed", name, message, stack });
}
