import { expect, test } from "vitest";
import { defineConfig } from "./config.ts";
import { resolveConfig } from "./resolve-config.ts";

test("fills in the defaults", () => {
  expect(resolveConfig(defineConfig({ machines: ["a.machine.ts"] }), "c.ts")).toEqual({
    machines: ["a.machine.ts"],
    generatedDir: "generated",
    handlers: { dir: "src/handlers", importExtension: ".ts" },
    run: {},
  });
});

test.each<[problem: string, exported: unknown]>([
  ["the default export is absent; wanted `defineConfig({ machines: […] })`", undefined],
  ["`machines` is missing", {}],
  ["`machines` is []; wanted a list of at least one path", { machines: [] }],
  ['`machines` is "a"; wanted a list of at least one path', { machines: "a" }],
  ["`outDir` is unknown; known are machines, generatedDir, handlers, run", { machines: ["a"], outDir: "x" }],
  [
    "`__proto__` is unknown; known are machines, generatedDir, handlers, run",
    JSON.parse('{"machines":["a"],"__proto__":1}'),
  ],
  ['`handlers` is "src"; wanted an object', { machines: ["a"], handlers: "src" }],
  [
    '`handlers.importExtension` is "ts"; wanted one of ".ts", ".js", ""',
    { machines: ["a"], handlers: { importExtension: "ts" } },
  ],
  ['`run.time` is "fast"; wanted one of "real", "virtual"', { machines: ["a"], run: { time: "fast" } }],
])("refuses: %s", (problem, exported) => {
  expect(() => resolveConfig(exported, "c.ts")).toThrow(`c.ts: ${problem}`);
});

test("tells every problem at once", () => {
  expect(() => resolveConfig({ generatedDir: 1, colour: 2 }, "c.ts")).toThrow(
    "c.ts: `generatedDir` is 1; wanted a non-empty string; `colour` is unknown; known are machines, generatedDir, handlers, run; `machines` is missing",
  );
});
