import type { Clock } from "./clock.ts";

/** The longest that `setTimeout` can wait. */
const maxTimeoutMs = 2_147_483_647;

/** The system's clock. @param onWake called for each timer, at its time or a little after */
export function realClock(onWake: (timerId: number) => void): Clock {
  const timeouts = new Map<number, NodeJS.Timeout>();
  // Date.now can jump back; the interpreter must never see that.
  let latestEpochMs = 0;
  const nowEpochMs = (): number => {
    latestEpochMs = Math.max(latestEpochMs, Date.now());
    return latestEpochMs;
  };
  const wakeAt = (timerId: number, atEpochMs: number): void => {
    const delayMs = atEpochMs - nowEpochMs();
    const wake = (): void => {
      // setTimeout may fire a millisecond early.
      if (nowEpochMs() < atEpochMs) return wakeAt(timerId, atEpochMs);
      timeouts.delete(timerId);
      onWake(timerId);
    };
    timeouts.set(timerId, setTimeout(wake, Math.min(Math.max(delayMs, 0), maxTimeoutMs)));
  };
  return {
    nowEpochMs,
    wakeAt,
    cancel(timerId) {
      clearTimeout(timeouts.get(timerId));
      timeouts.delete(timerId);
    },
    advance: () => undefined,
    stop() {
      for (const timeout of timeouts.values()) clearTimeout(timeout);
      timeouts.clear();
    },
  };
}
