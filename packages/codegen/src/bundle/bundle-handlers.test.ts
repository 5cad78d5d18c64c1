import { join } from "node:path";
import { expect, test } from "vitest";
import { greetingProject, projectFolder } from "../../test/project-folder.ts";
import { generate } from "../generate.ts";
import { bundleHandlers } from "./bundle-handlers.ts";

const handlerFile = "src/handlers/greet-guest/handler.ts";

async function project(handler: string, more: Readonly<Record<string, string>> = {}) {
  const folder = await projectFolder({ ...greetingProject, ...more });
  await generate(folder);
  await folder.write(handlerFile, handler);
  return folder;
}

interface HandlerModule {
  readonly handler: (event: unknown) => Promise<unknown>;
}

const load = (dir: string, file: string) =>
  import(join(dir, "dist/functions/greet-guest", file)) as Promise<HandlerModule>;

test("a handler is one file that runs by itself and refuses a wrong event by name", async () => {
  await using folder = await project(`
import { parseGreetGuestInput } from "./contract.generated.ts";
export const handler = async (event: unknown) => ({ greeting: "Hello, " + parseGreetGuestInput(event).name });
`);
  const [bundle] = await bundleHandlers(folder);
  expect(bundle).toMatchObject({
    task: "GreetGuest",
    external: [],
    files: [{ name: "index.mjs.map" }, { name: "index.mjs" }],
  });
  const sizes = bundle?.files.map(({ bytes, compressedBytes }) => compressedBytes > 0 && compressedBytes < bytes);
  expect(sizes).toEqual([true, true]);
  const { handler } = await load(folder.dir, "index.mjs");
  await expect(handler({ name: "Ada" })).resolves.toEqual({ greeting: "Hello, Ada" });
  await expect(handler({})).rejects.toMatchObject({ name: "ContractViolationError" });
});

test("a worker is bundled beside the handler that starts it, and nowhere else", async () => {
  await using folder = await project(
    `
import { double } from "../../work/double.ts";
export const handler = async (event: number) => ({ greeting: String(await double(event)) });
`,
    {
      "stepwright.config.ts": `export default { machines: ["src/greeting.machine.ts"], bundle: { besides: ["src/work/double-worker.ts", "src/other/unused.ts"] } };`,
      "src/other/unused.ts": "export {};",
      "src/work/double.ts": `
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
export const double = (workerData: number) => new Promise((resolve, reject) => {
  const worker = new Worker(new URL("./double-worker" + extname(import.meta.url), import.meta.url), { workerData });
  worker.on("message", resolve).on("error", reject);
});
`,
      "src/work/double-worker.ts": `
import { parentPort, workerData } from "node:worker_threads";
parentPort?.postMessage(workerData * 2);
`,
    },
  );
  const [bundle] = await bundleHandlers(folder);
  expect(bundle?.files.map(({ name }) => name)).toEqual([
    "index.mjs.map",
    "index.mjs",
    "double-worker.mjs.map",
    "double-worker.mjs",
  ]);
  const { handler } = await load(folder.dir, "index.mjs");
  await expect(handler(21)).resolves.toEqual({ greeting: "42" });
});

test("what a handler imports later is read later, and an older bundle's parts are gone", async () => {
  await using folder = await project(
    `
export const handler = async (event: { name: string }) => {
  const { greetingOf } = await import("../../greeting.ts");
  return { greeting: greetingOf(event.name) };
};
`,
    { "src/greeting.ts": "export const greetingOf = (name: string) => `Hello, ${name}`;" },
  );
  const partsOf = async () => {
    const [bundle] = await bundleHandlers(folder);
    const code = bundle?.files.filter(({ name }) => name.endsWith(".mjs")) ?? [];
    return {
      first: code.filter(({ loadedLater }) => !loadedLater),
      later: code.filter(({ loadedLater }) => loadedLater),
    };
  };
  const { first, later } = await partsOf();
  expect(first.map(({ name }) => name)).toContain("index.mjs");
  expect(later.map(({ name }) => name)).toEqual([expect.stringMatching(/^greeting-\w+\.mjs$/)]);
  const { handler } = await load(folder.dir, "index.mjs");
  await expect(handler({ name: "Ada" })).resolves.toEqual({ greeting: "Hello, Ada" });

  await folder.write("src/greeting.ts", "export const greetingOf = (name: string) => `Good day, ${name}`;");
  const changed = await partsOf();
  expect(changed.later).not.toEqual(later);
  const written = (await folder.list()).filter((path) => path.startsWith("dist/functions/greet-guest/greeting-"));
  expect(written.filter((path) => path.endsWith(".mjs"))).toEqual([
    `dist/functions/greet-guest/${changed.later[0]?.name}`,
  ]);
});

test("a function that is no task's is packed from the module that the configuration names", async () => {
  await using folder = await project("export const handler = async () => ({ greeting: 'Hello' });", {
    "stepwright.config.ts": `export default {
      machines: ["src/greeting.machine.ts"],
      infrastructure: { formats: [], functions: { StartGreeting: { module: "src/start.ts" } } },
    };`,
    "src/start.ts": "export const handler = async (event) => event.at;",
  });
  const bundles = await bundleHandlers(folder);
  expect(bundles.map(({ task }) => task)).toEqual(["GreetGuest", "StartGreeting"]);
  const started = (await import(join(folder.dir, "dist/functions/start-greeting/index.mjs"))) as HandlerModule;
  expect(await started.handler({ at: "noon" })).toBe("noon");
});

test("a package that is kept outside is told; CommonJS inside may require", async () => {
  await using folder = await project(
    `
import { z } from "zod";
import { platform } from "./old.cjs";
export const handler = async () => ({ greeting: platform() + typeof z.string });
`,
    {
      "stepwright.config.ts": `export default { machines: ["src/greeting.machine.ts"], bundle: { external: ["zod"] } };`,
      "src/handlers/greet-guest/old.cjs": `exports.platform = () => require("node:os").EOL;`,
    },
  );
  const [bundle] = await bundleHandlers(folder);
  expect(bundle?.external).toEqual(["zod"]);
  const { handler } = await load(folder.dir, "index.mjs");
  await expect(handler({})).resolves.toMatchObject({ greeting: expect.stringMatching(/\nfunction$/) });
});

test("nothing is written when a handler does not build", async () => {
  await using folder = await project("export const handler = (");
  await expect(bundleHandlers(folder)).rejects.toMatchObject({
    code: "MODULE_SYNTAX",
    source: { file: join(folder.dir, handlerFile), line: 1 },
  });
  expect((await folder.list()).filter((path) => path.startsWith("dist/"))).toEqual([]);
});

test("a native module is refused with what to do", async () => {
  await using folder = await project(`import "./native.node"; export const handler = () => {};`, {
    "src/handlers/greet-guest/native.node": "",
  });
  await expect(bundleHandlers(folder)).rejects.toThrow("name its package in `bundle.external`");
});

test("a handler that is not there is refused", async () => {
  await using folder = await projectFolder(greetingProject);
  await expect(bundleHandlers(folder)).rejects.toThrow(`Found no ${handlerFile}`);
});
