import { printMeasured } from "./in-child.ts";

const beforeMs = performance.now();
const { runDefinition } = await import("@stepwright/local-runner");
const result = await runDefinition({ StartAt: "P", States: { P: { Type: "Pass", End: true } } }, { input: { a: 1 } });
const ms = performance.now() - beforeMs;
if (result.status !== "SUCCEEDED") throw new Error(result.cause);
printMeasured(ms);
