import { expect, test } from "vitest";
import { ActivityQueues } from "./activity-queues.ts";

const never = new AbortController().signal;

test("tasks are taken in the order of their offering, but for those that nobody waits for any more", async () => {
  const queues = new ActivityQueues();
  const stop = new AbortController();
  void queues.offer("activity", "first", 1, never);
  void queues.offer("activity", "withdrawn", 2, stop.signal);
  void queues.offer("activity", "last", 3, never);
  stop.abort();
  expect(await queues.take("activity", "worker", 0)).toEqual({ taskToken: "first", input: 1 });
  expect(await queues.take("activity", "worker", 0)).toEqual({ taskToken: "last", input: 3 });
  expect(await queues.take("activity", "worker", 0)).toBeUndefined();
});
