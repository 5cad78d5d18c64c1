import type { Ledger } from "../src/index.ts";

export function memoryLedger(): Ledger {
  const results = new Map<string, unknown>();
  const attempts = new Map<string, number>();
  return {
    result: async (key) => results.get(JSON.stringify(key)),
    record: async (key, result, options) => {
      if (options?.replace === true || !results.has(JSON.stringify(key))) results.set(JSON.stringify(key), result);
      attempts.delete(JSON.stringify(key));
    },
    beginAttempt: async (key) => {
      const count = (attempts.get(JSON.stringify(key)) ?? 0) + 1;
      attempts.set(JSON.stringify(key), count);
      return count;
    },
    forgetAttempts: async (key) => {
      attempts.delete(JSON.stringify(key));
    },
  };
}
