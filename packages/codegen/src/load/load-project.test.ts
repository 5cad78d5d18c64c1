import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { greetingProject, projectFolder } from "../../test/project-folder.ts";
import { CodegenError } from "../codegen-error.ts";
import { findConfig } from "./find-config.ts";
import { loadProject } from "./load-project.ts";

async function refusalOf(files: Readonly<Record<string, string>>, timeLimitMs = 10_000): Promise<CodegenError> {
  await using project = await projectFolder({ ...greetingProject, ...files });
  const refusal: unknown = await loadProject(project.configFile, { timeLimitMs }).catch((error: unknown) => error);
  if (!(refusal instanceof CodegenError)) {
    throw new Error("wanted a CodegenError", { cause: refusal });
  }
  return refusal;
}

describe("a project", () => {
  test("is machines and tasks as plain data", async () => {
    await using project = await projectFolder(greetingProject);
    const loaded = await loadProject(project.configFile);
    expect(loaded.machines).toHaveLength(1);
    expect(loaded.machines[0]).toMatchObject({
      name: "Greeting",
      module: "src/greeting.machine.ts",
      definition: { StartAt: "Greet" },
      tasks: [{ stateName: "Greet", task: "GreetGuest", substitution: "GreetGuestFunctionArn" }],
    });
    expect(loaded.tasks).toEqual([
      {
        name: "GreetGuest",
        errors: ["GuestUnknown"],
        input: {
          schema: { type: "object", properties: { name: { type: "string", minLength: 1 } }, required: ["name"] },
        },
        output: {
          schema: {
            type: "object",
            properties: { greeting: { type: "string" } },
            required: ["greeting"],
            additionalProperties: false,
          },
        },
      },
    ]);
  });

  test("knows the line of the author's TypeScript for every state", async () => {
    await using project = await projectFolder(greetingProject);
    const [machine] = (await loadProject(project.configFile)).machines;
    expect(machine?.sourceMap).toEqual({
      "/States/Greet": { file: "src/greeting.machine.ts", line: 6, column: 4 },
      "/States/Greeted": { file: "src/greeting.machine.ts", line: 7, column: 4 },
    });
  });

  test("names every module that went in, for a watcher", async () => {
    await using project = await projectFolder(greetingProject);
    const { inputFiles } = await loadProject(project.configFile);
    expect(inputFiles.toSorted()).toEqual(
      ["src/contracts.ts", "src/greeting.machine.ts", "stepwright.config.ts"].map((file) => join(project.dir, file)),
    );
  });

  test("shares a contract between machines", async () => {
    await using project = await projectFolder({
      ...greetingProject,
      "stepwright.config.ts": `export default { machines: ["src/greeting.machine.ts", "src/second.machine.ts"] };`,
      "src/second.machine.ts": `
import { machine } from "@stepwright/dsl";
import { greet, Guest } from "./contracts.ts";
export default machine("Second", { input: Guest }).task("Again", greet);`,
    });
    const { machines, tasks } = await loadProject(project.configFile);
    expect(machines.map(({ name }) => name)).toEqual(["Greeting", "Second"]);
    expect(tasks.map(({ name }) => name)).toEqual(["GreetGuest"]);
  });

  test("may read files beside its modules", async () => {
    await using project = await projectFolder({
      ...greetingProject,
      "src/limits.json": `{ "seconds": 7 }`,
      "src/greeting.machine.ts": `
import { readFileSync } from "node:fs";
import { machine } from "@stepwright/dsl";
import { greet, Guest } from "./contracts.ts";
const { seconds } = JSON.parse(readFileSync(new URL("./limits.json", import.meta.url), "utf8"));
export default machine("Greeting", { input: Guest, timeoutSeconds: seconds }).task("Greet", greet);`,
    });
    const [machine] = (await loadProject(project.configFile)).machines;
    expect(machine?.definition.TimeoutSeconds).toBe(7);
  });

  test("may use the aliases of its tsconfig.json", async () => {
    await using project = await projectFolder({
      ...greetingProject,
      "tsconfig.json": `{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }`,
      "src/greeting.machine.ts": `
import { machine } from "@stepwright/dsl";
import { greet, Guest } from "@/contracts.ts";
export default machine("Greeting", { input: Guest }).task("Greet", greet);`,
    });
    expect((await loadProject(project.configFile)).tasks.map(({ name }) => name)).toEqual(["GreetGuest"]);
  });

  test("describes a Date as the string that it is on the wire", async () => {
    await using project = await projectFolder({
      ...greetingProject,
      "src/contracts.ts": `
import { defineTask } from "@stepwright/dsl";
import { z } from "zod";
export const Guest = z.object({ name: z.string() });
export const greet = defineTask("GreetGuest", { input: Guest, output: z.object({ at: z.date() }) });`,
    });
    const [task] = (await loadProject(project.configFile)).tasks;
    expect(task?.output).toMatchObject({ schema: { properties: { at: { type: "string", format: "date-time" } } } });
  });
});

describe("a module that is wrong is refused with its place", () => {
  test("a syntax error", async () => {
    const refusal = await refusalOf({ "src/greeting.machine.ts": "export default\n  machine(;\n" });
    expect(refusal).toMatchObject({ code: "MODULE_SYNTAX", source: { line: 2, column: 11 } });
    expect(refusal.source?.file).toMatch(/greeting\.machine\.ts$/);
  });

  test("an import that leads nowhere", async () => {
    const refusal = await refusalOf({ "src/greeting.machine.ts": `import "./nowhere.ts";` });
    expect(refusal.message).toBe(`Could not resolve "./nowhere.ts"`);
    expect(refusal.source).toMatchObject({ line: 1 });
  });

  test("an exception", async () => {
    const refusal = await refusalOf({
      "src/greeting.machine.ts": `interface Erased { readonly a: string }\n\nthrow new RangeError("no such thing");\nexport {};`,
    });
    expect(refusal).toMatchObject({
      code: "MODULE_THREW",
      message: "src/greeting.machine.ts failed while it was loaded: RangeError: no such thing",
      source: { line: 3 },
    });
  });

  test("an exception of the builder names the author's line", async () => {
    const refusal = await refusalOf({
      "src/greeting.machine.ts": `
import { machine } from "@stepwright/dsl";
import { greet, Guest } from "./contracts.ts";
export default machine("Greeting", { input: Guest })
  .task("Greet", greet, { retires: [] } as never);`,
    });
    expect(refusal.message).toContain("retires");
    expect(refusal.source?.file).toMatch(/greeting\.machine\.ts$/);
    expect(refusal.source?.line).toBe(5);
  });

  test("a loop without end", async () => {
    const refusal = await refusalOf({ "src/greeting.machine.ts": "for (;;) {}" }, 1_000);
    expect(refusal.code).toBe("MODULE_TIMED_OUT");
    expect(refusal.message).toContain("src/greeting.machine.ts did not finish loading within 1 s");
  });

  test("an await without end", async () => {
    const refusal = await refusalOf({ "src/greeting.machine.ts": "await new Promise(() => {}); export {};" }, 1_000);
    expect(refusal.code).toBe("MODULE_TIMED_OUT");
  });

  test("an end of the process", async () => {
    const refusal = await refusalOf({ "src/greeting.machine.ts": "process.exit(0);" });
    expect(refusal.message).toBe(
      "src/greeting.machine.ts ended the process while it was loaded; wanted a module that only builds machines",
    );
  });

  test.each([
    ["absent", "export const other = 1;"],
    ["a number", "export default 1;"],
    ["an object", "export default {};"],
  ])("a default export that is %s", async (found, text) => {
    const refusal = await refusalOf({ "src/greeting.machine.ts": text });
    expect(refusal).toMatchObject({
      code: "NOT_A_MACHINE",
      message: `src/greeting.machine.ts: the default export is ${found}; wanted \`export default machine("Name", …)\``,
    });
  });

  test("a type that JSON cannot carry", async () => {
    const refusal = await refusalOf({
      "src/contracts.ts": `
import { defineTask } from "@stepwright/dsl";
import { z } from "zod";
export const Guest = z.object({ name: z.string() });
export const greet = defineTask("GreetGuest", { input: Guest, output: z.object({ total: z.bigint() }) });`,
    });
    expect(refusal.code).toBe("CONTRACT_UNREPRESENTABLE");
    expect(refusal.message).toContain("the output of GreetGuest: a bigint has no JSON form");
  });

  test.each(["Order flow", "", "x".repeat(81)])("a machine that AWS would not name %j", async (name) => {
    const source = greetingProject["src/greeting.machine.ts"]?.replace('machine("Greeting"', `machine("${name}"`) ?? "";
    const refusal = await refusalOf({ "src/greeting.machine.ts": source });
    expect(refusal.code).toBe("NAME_INVALID");
    expect(refusal.message).toContain(
      `src/greeting.machine.ts: the machine is named "${name}"; wanted 1 to 80 characters`,
    );
  });

  test("two different contracts of one name", async () => {
    const refusal = await refusalOf({
      "src/greeting.machine.ts": `
import { defineTask, machine } from "@stepwright/dsl";
import { greet, Guest } from "./contracts.ts";
const other = defineTask("GreetGuest", { input: Guest, output: Guest });
export default machine("Greeting", { input: Guest }).task("First", other).task("Second", greet);`,
    });
    expect(refusal).toMatchObject({
      code: "NAME_TAKEN",
      message: "src/greeting.machine.ts: two different contracts are named GreetGuest",
    });
  });
});

describe("a configuration that is wrong", () => {
  test("names a module that is not there", async () => {
    const refusal = await refusalOf({ "stepwright.config.ts": `export default { machines: ["src/nowhere.ts"] };` });
    expect(refusal.code).toBe("MODULE_NOT_FOUND");
    expect(refusal.message).toContain("`machines` names src/nowhere.ts, but there is no such file in ");
  });

  test("holds a function", async () => {
    const refusal = await refusalOf({ "stepwright.config.ts": "export default { machines: () => [] };" });
    expect(refusal.code).toBe("CONFIG_INVALID");
    expect(refusal.message).toContain("stepwright.config.ts: the configuration must be plain data");
  });

  test("is looked for in the folders above, and missed with a word on how to begin one", async () => {
    await using project = await projectFolder({ ...greetingProject, "src/deep/file.txt": "" });
    expect(findConfig(join(project.dir, "src/deep"))).toBe(project.configFile);
    await using empty = await projectFolder({});
    expect(() => findConfig(empty.dir)).toThrow(
      `Found no stepwright.config.ts in ${empty.dir} or in a folder above it; `,
    );
    const named = join(empty.dir, "other.config.ts");
    await expect(loadProject(named)).rejects.toThrow(`Found no configuration ${named}; `);
  });
});
