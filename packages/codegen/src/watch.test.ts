import { expect, test } from "vitest";
import { greetingProject, projectFolder } from "../test/project-folder.ts";
import { watchAndGenerate } from "./watch.ts";

test("a change of a machine, a mistake and its mending are each followed", async () => {
  await using project = await projectFolder(greetingProject);
  const stop = new AbortController();
  const seen: string[] = [];
  const good = greetingProject["src/greeting.machine.ts"] ?? "";
  // Each answer leads to the next change, so nothing waits for time to pass.
  const next = [
    () => project.write("src/greeting.machine.ts", good.replace(`"Greeted"`, `"Welcomed"`)),
    () => project.write("src/greeting.machine.ts", "export default ("),
    () => project.write("src/greeting.machine.ts", good),
    async () => stop.abort(),
  ];
  await watchAndGenerate({
    configFile: project.configFile,
    signal: stop.signal,
    onGeneration: ({ project: { machines } }) => {
      seen.push(Object.keys(machines[0]?.definition.States ?? {}).join());
      void next.shift()?.();
    },
    onRefusal: (error) => {
      seen.push((error as { code: string }).code);
      void next.shift()?.();
    },
  });
  expect(seen).toEqual(["Greet,Greeted", "Greet,Welcomed", "MODULE_SYNTAX", "Greet,Greeted"]);
});

test("a mistake that was there from the start, and a file that was missing, are mended", async () => {
  const good = greetingProject["src/greeting.machine.ts"] ?? "";
  const elsewhere = good.replace("./contracts.ts", "./guests.ts");
  await using project = await projectFolder({ ...greetingProject, "src/greeting.machine.ts": "export default (" });
  const stop = new AbortController();
  const seen: string[] = [];
  const next = [
    () => project.write("src/greeting.machine.ts", elsewhere),
    () => project.write("src/guests.ts", greetingProject["src/contracts.ts"] ?? ""),
  ];
  await watchAndGenerate({
    configFile: project.configFile,
    signal: stop.signal,
    onGeneration: () => {
      seen.push("generated");
      stop.abort();
    },
    onRefusal: (error) => {
      seen.push((error as Error).message);
      void next.shift()?.();
    },
  });
  expect(seen).toEqual([expect.stringContaining("Unexpected"), expect.stringContaining("./guests.ts"), "generated"]);
});

test("a module that holds nothing but a contract's types is followed", async () => {
  await using project = await projectFolder({
    "stepwright.config.ts": `export default { machines: ["src/order.machine.ts"] };`,
    "src/order.ts": "export interface Order { id: string }",
    "src/order.machine.ts": `
import { defineTask, machine, plain } from "@stepwright/dsl";
import type { Order } from "./order.ts";
const charge = defineTask<Order, { paid: boolean }>("Charge");
export default machine("Order", { input: plain<any>() }).task("Charge", charge);
`,
  });
  const stop = new AbortController();
  const seen: unknown[] = [];
  await watchAndGenerate({
    configFile: project.configFile,
    signal: stop.signal,
    onGeneration: ({ project: { tasks } }) => {
      seen.push(tasks[0]?.input);
      if (seen.length === 1) void project.write("src/order.ts", "export interface Order { id: number }");
      else stop.abort();
    },
    onRefusal: (error) => {
      throw error;
    },
  });
  expect(seen).toEqual([order("string"), order("number")]);
});

function order(type: string) {
  return { schema: { type: "object", properties: { id: { type } }, required: ["id"] } };
}
