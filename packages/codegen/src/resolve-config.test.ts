import { expect, test } from "vitest";
import { defineConfig } from "./config.ts";
import { resolveConfig } from "./resolve-config.ts";

test("fills in the defaults", () => {
  expect(resolveConfig(defineConfig({ machines: ["a.machine.ts"] }), "c.ts")).toEqual({
    machines: ["a.machine.ts"],
    generatedDir: "generated",
    handlers: { dir: "src/handlers", importExtension: ".ts" },
    run: {},
    graphs: { formats: [], dir: "generated" },
    infrastructure: { formats: [], dir: "generated", machines: {}, functionDefaults: {}, functions: {} },
    bundle: { dir: "dist/functions", external: [], besides: [], minify: true },
    budgets: {},
    deploy: { machines: {} },
    serve: {},
  });
});

test.each<[problem: string, exported: unknown]>([
  ["the default export is absent; wanted `defineConfig({ machines: […] })`", undefined],
  ["`machines` is missing", {}],
  ["`machines` is []; wanted a list of at least one path", { machines: [] }],
  ['`machines` is "a"; wanted a list of at least one path', { machines: "a" }],
  [
    "`outDir` is unknown; known are machines, generatedDir, handlers, run, graphs, infrastructure, bundle, budgets, deploy, serve",
    { machines: ["a"], outDir: "x" },
  ],
  [
    "`__proto__` is unknown; known are machines, generatedDir, handlers, run, graphs, infrastructure, bundle, budgets, deploy, serve",
    JSON.parse('{"machines":["a"],"__proto__":1}'),
  ],
  [
    '`serve.tasks.Train` is {"cmd":"x"}; wanted { command: [program, …arguments] } or { url }',
    { machines: ["a"], serve: { tasks: { Train: { cmd: "x" } } } },
  ],
  ['`handlers` is "src"; wanted an object', { machines: ["a"], handlers: "src" }],
  [
    '`handlers.importExtension` is "ts"; wanted one of ".ts", ".js", ""',
    { machines: ["a"], handlers: { importExtension: "ts" } },
  ],
  [
    '`graphs.formats` is ["png"]; wanted a list whose items are one of "mermaid", "dot", "svg"',
    { machines: ["a"], graphs: { formats: ["png"] } },
  ],
  [
    "`infrastructure.functions.Train.memoryMb` is 64; wanted a whole number from 128 to 10240",
    { machines: ["a"], infrastructure: { formats: [], functions: { Train: { memoryMb: 64 } } } },
  ],
  [
    "`infrastructure.machines.M.typ` is unknown; known are type, schedule, alias, tracing, logLevel, resources",
    { machines: ["a"], infrastructure: { formats: [], machines: { M: { typ: "EXPRESS" } } } },
  ],
  [
    "`infrastructure.machines.M.alias.percentage` is 12.5; wanted a whole number from 1 to 99",
    { machines: ["a"], infrastructure: { machines: { M: { alias: { percentage: 12.5 } } } } },
  ],
  [
    "`serve.services.connections.Payments.headers.Authorization` is 7; wanted a string",
    { machines: ["a"], serve: { services: { connections: { Payments: { headers: { Authorization: 7 } } } } } },
  ],
  ["`budgets.items.*` is -1; wanted a number of at least 0", { machines: ["a"], budgets: { items: { "*": -1 } } }],
  ['`run.time` is "fast"; wanted one of "real", "virtual"', { machines: ["a"], run: { time: "fast" } }],
])("refuses: %s", (problem, exported) => {
  expect(() => resolveConfig(exported, "c.ts")).toThrow(`c.ts: ${problem}`);
});

test("takes what HTTP Tasks add to their requests", () => {
  const connections = { Payments: { headers: { Authorization: "env:PAY_TOKEN" }, queryParameters: { version: "" } } };
  const { serve } = resolveConfig(defineConfig({ machines: ["a"], serve: { services: { connections } } }), "c.ts");
  expect(serve.services).toEqual({ connections });
});

test("tells every problem at once", () => {
  expect(() => resolveConfig({ generatedDir: 1, colour: 2 }, "c.ts")).toThrow(
    "c.ts: `generatedDir` is 1; wanted a non-empty string; `colour` is unknown; known are machines, generatedDir, handlers, run, graphs, infrastructure, bundle, budgets, deploy, serve; `machines` is missing",
  );
});
