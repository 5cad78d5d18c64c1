import { runDefinition } from "../src/index.ts";
import { printMeasured } from "./in-child.ts";

const [count, concurrency] = process.argv.slice(2).map(Number) as [number, number];
const input = Array.from({ length: count }, (_, i) => ({ i }));
const beforeMs = performance.now();
const result = await runDefinition(
  {
    StartAt: "Each",
    States: {
      Each: {
        Type: "Map",
        MaxConcurrency: concurrency,
        ItemProcessor: { StartAt: "P", States: { P: { Type: "Pass", End: true } } },
        End: true,
      },
    },
  },
  { input, limits: { maxHistoryEvents: Number.POSITIVE_INFINITY, maxPayloadBytes: Number.POSITIVE_INFINITY } },
);
const ms = performance.now() - beforeMs;
if (result.status !== "SUCCEEDED" || result.history.events.length < 4 * count) throw new Error("The Map did not end.");
printMeasured(ms);
