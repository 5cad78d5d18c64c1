import type { Retrier } from "@stepwright/asl";
import { describe, expect, test } from "vitest";
import { SeededRandom } from "./random.ts";
import { heartbeatMissed, timedOut } from "./state-failure.ts";
import { matchRetrier, namesError, nextDelayMs } from "./retry.ts";

const random = new SeededRandom(1);
const all = ["States.ALL"];

describe("namesError", () => {
  test("compares names exactly", () => {
    expect(namesError(["Busy"], { error: "Busy" })).toBe(true);
    expect(namesError(["Busy"], { error: "busy" })).toBe(false);
    expect(namesError(["State.ALL"], { error: "Busy" })).toBe(false);
  });

  test("States.TaskFailed means everything but a timeout", () => {
    expect(namesError(["States.TaskFailed"], { error: "Busy" })).toBe(true);
    expect(namesError(["States.TaskFailed"], { error: "States.Timeout" })).toBe(false);
    expect(namesError(all, { error: "States.Timeout" })).toBe(true);
  });

  test("an error without a name is meant by the wildcards only", () => {
    expect(namesError(all, { error: undefined })).toBe(true);
    expect(namesError(["States.Runtime"], { error: undefined })).toBe(false);
  });
});

test("a missed heartbeat is known by both of its names", () => {
  expect(namesError(["States.HeartbeatTimeout"], heartbeatMissed)).toBe(true);
  expect(namesError(["States.Timeout"], heartbeatMissed)).toBe(true);
  expect(namesError(["States.HeartbeatTimeout"], timedOut)).toBe(false);
});

describe("matchRetrier", () => {
  test("takes the first that names the error", () => {
    expect(matchRetrier([{ ErrorEquals: ["A"] }, { ErrorEquals: ["B"] }, { ErrorEquals: all }], { error: "B" })).toBe(
      1,
    );
    expect(matchRetrier([{ ErrorEquals: ["A"] }], { error: "B" })).toBe(-1);
  });
});

function delays(retrier: Retrier, count: number): readonly (number | undefined)[] {
  return Array.from({ length: count }, (_, used) => nextDelayMs(retrier, used, random));
}

describe("nextDelayMs", () => {
  test("waits 1, 2 and 4 seconds when nothing is said, then gives up", () => {
    expect(delays({ ErrorEquals: all }, 4)).toEqual([1000, 2000, 4000, undefined]);
  });

  test("counts from IntervalSeconds by BackoffRate up to MaxDelaySeconds", () => {
    const retrier = { ErrorEquals: all, IntervalSeconds: 3, BackoffRate: 1.5, MaxDelaySeconds: 5, MaxAttempts: 3 };
    expect(delays(retrier, 3)).toEqual([3000, 4500, 5000]);
  });

  test("MaxAttempts 0 never retries", () => {
    expect(nextDelayMs({ ErrorEquals: all, MaxAttempts: 0 }, 0, random)).toBeUndefined();
  });

  test("full jitter stays between nothing and the plain delay, the same for the same seed", () => {
    const retrier = {
      ErrorEquals: all,
      IntervalSeconds: 10,
      MaxAttempts: 99,
      BackoffRate: 1,
      JitterStrategy: "FULL",
    } as const;
    const drawn = (seed: number) => {
      const source = new SeededRandom(seed);
      return Array.from({ length: 50 }, (_, used) => nextDelayMs(retrier, used, source)!);
    };
    expect(drawn(7)).toEqual(drawn(7));
    expect(drawn(7)).not.toEqual(drawn(8));
    expect(Math.min(...drawn(7))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn(7))).toBeLessThanOrEqual(10_000);
    expect(Math.max(...drawn(7))).toBeGreaterThan(5000);
  });

  test("an endless backoff stays in the calendar", () => {
    const retrier = { ErrorEquals: all, BackoffRate: 1000, MaxAttempts: 1000 };
    expect(nextDelayMs(retrier, 500, random)).toBe(31_622_400_000);
  });
});
