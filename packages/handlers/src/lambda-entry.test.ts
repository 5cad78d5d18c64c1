import { expect, test } from "vitest";
import { lambdaEntry } from "./lambda-entry.ts";
import type { EntryHost } from "./lambda-entry.ts";
import type { Ports } from "./ports.ts";

function entry(given: Partial<EntryHost> = {}) {
  const lines: string[] = [];
  const deadlines: (number | undefined)[] = [];
  const host: EntryHost = {
    ports: async (answerByEpochMs) => {
      deadlines.push(answerByEpochMs);
      return { failureMode: "isolate" } as Ports;
    },
    log: (line) => void lines.push(line),
    ...given,
  };
  const handler = lambdaEntry(
    {
      task: "Twice",
      parse: (event) => {
        if (typeof event !== "number") throw new TypeError(`${JSON.stringify(event)} is no number.`);
        return event;
      },
      step: (ports) => async (input) => ({ twice: input * 2, failureMode: ports.failureMode }),
      measure: ({ twice }) => [{ dimensions: { Size: "any" }, metrics: { Twice: { value: twice, unit: "Count" } } }],
    },
    host,
  );
  return { handler, lines, deadlines };
}

test("answers, and leaves a line with the answer's own metrics", async () => {
  const { handler, lines } = entry();
  expect(await handler(21, { awsRequestId: "r" })).toEqual({ twice: 42, failureMode: "isolate" });
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { Task: "Twice", requestId: "r", Failures: 0, Twice: 42 },
  ]);
});

test("refuses an event before it asks for ports, and says so in the log", async () => {
  const { handler, lines, deadlines } = entry();
  await expect(handler("x")).rejects.toThrow('"x" is no number.');
  expect(deadlines).toEqual([]);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "ERROR", outcome: "TypeError", Failures: 1 });
});

test("keeps a minute of Lambda's time back, and has no deadline elsewhere", async () => {
  const { handler, deadlines } = entry();
  const before = Date.now();
  await handler(1, { getRemainingTimeInMillis: () => 900_000 });
  await handler(1);
  expect(deadlines[0]).toBeGreaterThanOrEqual(before + 840_000);
  expect(deadlines[0]).toBeLessThanOrEqual(Date.now() + 840_000);
  expect(deadlines[1]).toBeUndefined();
});

test("where nobody reads a log nothing is written", async () => {
  const { handler, lines } = entry({ log: undefined });
  await handler(1);
  expect(lines).toEqual([]);
});
