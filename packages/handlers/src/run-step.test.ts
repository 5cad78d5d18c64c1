import { describe, expect, test, vi } from "vitest";
import { memoryLedger } from "../test/memory-ledger.ts";
import { itemOf } from "../test/small-world.ts";
import type { Stopped } from "./contracts.ts";
import { PipelineError } from "./failures.ts";
import { mapInOrder } from "./in-order.ts";
import { runStep } from "./run-step.ts";
import type { ModelStep } from "./run-step.ts";

interface Answer {
  readonly value: number;
}

const transient = () => Promise.reject(new Error("the network is down"));
const permanent = () => Promise.reject(new PipelineError("StaleDataError", "too old"));

const refused = () => Promise.reject(new PipelineError("UnknownModelError", "no such model"));

describe("a step", () => {
  test("is done once for the same inputs", async () => {
    const { once } = stage();
    const work = vi.fn<() => Promise<Answer>>(async () => ({ value: 1 }));
    expect(await once(work)).toEqual({ value: 1 });
    expect(await once(work)).toEqual({ value: 1 });
    expect(work).toHaveBeenCalledTimes(1);
  });

  test("is done again for other inputs, another item, or when it is forced", async () => {
    const { once } = stage();
    const work = vi.fn<() => Promise<Answer>>(async () => ({ value: 1 }));
    await once(work);
    await once(work, { inputs: { dataset: "other" } });
    await once(work, { item: itemOf("card-fraud", "2026-10") });
    await once(work, { item: itemOf("card-fraud", "2026-09", { force: true }) });
    expect(work).toHaveBeenCalledTimes(4);
  });

  test("replaces what it remembers when it is forced", async () => {
    const { once } = stage();
    await once(async () => ({ value: 1 }));
    await once(async () => ({ value: 2 }), { item: itemOf("card-fraud", "2026-09", { force: true }) });
    expect(await once(async () => ({ value: 3 }))).toEqual({ value: 2 });
  });

  test("throws what may pass, twice, and makes it data the third time", async () => {
    const { once } = stage();
    await expect(once(transient)).rejects.toMatchObject({ name: "TransientDependencyError" });
    await expect(once(transient)).rejects.toMatchObject({ message: "the network is down" });
    expect(await once(transient)).toEqual({
      ...itemOf("card-fraud"),
      outcome: "FAILED",
      stoppedAt: "train",
      error: "TransientDependencyError",
      reason: "the network is down",
    });
  });

  test("tries again in the next run what may have passed", async () => {
    const { once } = stage();
    await expect(once(transient)).rejects.toThrow("the network is down");
    await expect(once(transient)).rejects.toThrow("the network is down");
    await once(transient);
    expect(await once(async () => ({ value: 1 }))).toEqual({ value: 1 });
  });

  test("makes a fault of the model's own data at once, and remembers it", async () => {
    const { once } = stage();
    const work = vi.fn<typeof permanent>(permanent);
    expect(await once(work)).toMatchObject({ outcome: "SKIPPED", error: "StaleDataError" });
    await once(work);
    expect(work).toHaveBeenCalledTimes(1);
  });

  test("lets the pipeline catch by name when failures shall throw", async () => {
    const { once } = stage("throw");
    await expect(once(permanent)).rejects.toMatchObject({ name: "StaleDataError" });
    await mapInOrder([1, 2, 3, 4], () => expect(once(transient)).rejects.toThrow("the network is down"));
  });

  test("never makes a wrongly asked run data", async () => {
    await expect(stage().once(refused)).rejects.toMatchObject({ name: "UnknownModelError" });
  });

  test("keeps a reason short enough for a payload", async () => {
    const outcome = await stage().once(() => Promise.reject(new PipelineError("StaleDataError", "x".repeat(10_000))));
    expect(JSON.stringify(outcome).length).toBeLessThan(1_000);
  });
});

function stage(failureMode: "isolate" | "throw" = "isolate") {
  const ledger = memoryLedger();
  const once = (work: () => Promise<Answer>, run: Partial<ModelStep<Answer | Stopped>> = {}) =>
    runStep<Answer | Stopped>(
      { ledger, failureMode },
      { item: itemOf("card-fraud"), step: "train", inputs: {}, onStopped: (stopped) => stopped, ...run },
      work,
    );
  return { once };
}
