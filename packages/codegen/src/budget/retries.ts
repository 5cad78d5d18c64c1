/** What a state's Retriers add at worst: every one of them spent. */
import { isJsonArray, isJsonObject } from "@stepwright/asl";
import type { JsonObject, JsonValue, WalkedState } from "@stepwright/asl";

export interface Retries {
  /** Attempts after the first one. */
  readonly attempts: number;
  readonly delaySeconds: number;
}

/** Each Retrier counts for itself, so that a state may see the attempts of all of them. */
export function retriesOf({ value }: WalkedState): Retries {
  const retriers = isJsonArray(value["Retry"]) ? value["Retry"].filter(isJsonObject) : [];
  return {
    attempts: sum(retriers.map((retrier) => numberOr(retrier["MaxAttempts"], 3))),
    delaySeconds: sum(retriers.map(delaysOf)),
  };
}

/** Full jitter may shorten a delay and never lengthens it. */
function delaysOf(retrier: JsonObject): number {
  const most = numberOr(retrier["MaxDelaySeconds"], Infinity);
  const interval = numberOr(retrier["IntervalSeconds"], 1);
  const rate = numberOr(retrier["BackoffRate"], 2);
  const attempts = numberOr(retrier["MaxAttempts"], 3);
  let total = 0;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const delay = interval * rate ** attempt;
    if (delay >= most) {
      return total + (attempts - attempt) * most;
    }
    if (!Number.isFinite(delay)) {
      return Infinity;
    }
    total += delay;
  }
  return total;
}

function numberOr(value: JsonValue | undefined, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
