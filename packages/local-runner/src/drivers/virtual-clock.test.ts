import * as fc from "fast-check";
import { expect, test } from "vitest";
import { VirtualClock } from "./virtual-clock.ts";

test("wakes in the order of time, then of asking", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 60 }), (delays) => {
      const clock = new VirtualClock(1000);
      delays.forEach((delay, timerId) => clock.wakeAt(timerId, 1000 + delay));
      const expected = delays
        .map((delay, timerId) => ({ delay, timerId }))
        .toSorted((a, b) => a.delay - b.delay || a.timerId - b.timerId);
      for (const { delay, timerId } of expected) {
        expect(clock.advance()).toBe(timerId);
        expect(clock.nowEpochMs()).toBe(1000 + delay);
      }
      expect(clock.advance()).toBeUndefined();
    }),
    { seed: 1 },
  );
});

test("skips what was cancelled and never goes back", () => {
  const clock = new VirtualClock(1000);
  clock.wakeAt(1, 2000);
  clock.wakeAt(2, 1500);
  clock.wakeAt(3, 500);
  clock.cancel(2);
  expect(clock.advance()).toBe(3);
  expect(clock.nowEpochMs()).toBe(1000);
  expect(clock.advance()).toBe(1);
  expect(clock.advance()).toBeUndefined();
});
