/** Tasks that wait for a worker, and workers that wait for a task: by activity, first come, first served. */
import type { JsonValue } from "@stepwright/asl";
import type { TaskReply } from "../tasks/task-invoker.ts";

export interface TakenTask {
  readonly taskToken: string;
  readonly input: JsonValue;
}

interface OfferedTask extends TakenTask {
  readonly take: (reply: TaskReply) => void;
}

interface WaitingWorker {
  readonly workerName: string | undefined;
  readonly give: (task: TakenTask | undefined) => void;
}

export class ActivityQueues {
  readonly #tasks = new Map<string, OfferedTask[]>();
  readonly #workers = new Map<string, WaitingWorker[]>();

  /**
   * @param signal withdraws the offer
   * @returns a reply as soon as a worker has the task: `unanswered`, for the answer comes with the token
   */
  offer(activityArn: string, taskToken: string, input: JsonValue, signal: AbortSignal): Promise<TaskReply> {
    return new Promise((take) => {
      const task = { taskToken, input, take };
      const worker = this.#workers.get(activityArn)?.shift();
      if (worker !== undefined) return worker.give(handOver(task, worker.workerName));
      const tasks = queueOf(this.#tasks, activityArn);
      tasks.push(task);
      signal.addEventListener("abort", () => removeFrom(tasks, task));
    });
  }

  /** @returns `undefined` when nothing came within `waitMs`, or the worker went away */
  take(
    activityArn: string,
    workerName: string | undefined,
    waitMs: number,
    signal?: AbortSignal,
  ): Promise<TakenTask | undefined> {
    const task = this.#tasks.get(activityArn)?.shift();
    if (task !== undefined) return Promise.resolve(handOver(task, workerName));
    return new Promise((resolve) => {
      const workers = queueOf(this.#workers, activityArn);
      const leave = (): void => worker.give(undefined);
      const timer = setTimeout(leave, waitMs);
      const worker: WaitingWorker = {
        workerName,
        give(taken) {
          clearTimeout(timer);
          signal?.removeEventListener("abort", leave);
          removeFrom(workers, worker);
          resolve(taken);
        },
      };
      signal?.addEventListener("abort", leave);
      workers.push(worker);
      if (signal?.aborted === true) leave();
    });
  }

  /** Sends every waiting worker away. */
  close(): void {
    for (const workers of this.#workers.values()) for (const worker of workers.splice(0)) worker.give(undefined);
  }
}

function handOver({ input, take, taskToken }: OfferedTask, workerName: string | undefined): TakenTask {
  take({ status: "unanswered", ...(workerName === undefined ? undefined : { workerName }) });
  return { taskToken, input };
}

function queueOf<Item>(queues: Map<string, Item[]>, name: string): Item[] {
  const known = queues.get(name);
  if (known !== undefined) return known;
  const queue: Item[] = [];
  queues.set(name, queue);
  return queue;
}

function removeFrom<Item>(queue: Item[], item: Item): void {
  const place = queue.indexOf(item);
  if (place >= 0) queue.splice(place, 1);
}
