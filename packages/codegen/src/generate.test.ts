import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { greetingProject, projectFolder } from "../test/project-folder.ts";
import { nodeFileSystem } from "./file-system.ts";
import { generate } from "./generate.ts";

const contractsWith = (members: string) => `
import { defineTask } from "@stepwright/dsl";
import { z } from "zod";
export const Guest = z.object({ ${members} });
export const greet = defineTask("GreetGuest", { input: Guest, output: z.object({ greeting: z.string() }) });
`;

describe("generating", () => {
  test("writes the definition, its source map, contracts, a stub and the manifest", async () => {
    await using project = await projectFolder(greetingProject);
    const { differences, diagnostics } = await generate(project);
    expect(diagnostics).toEqual([]);
    const written = [
      "generated/contracts/greet-guest.schema.json",
      "generated/greeting.asl.json",
      "generated/greeting.asl.map.json",
      "generated/manifest.json",
      "src/handlers/contract-violation.generated.ts",
      "src/handlers/greet-guest/contract.generated.ts",
      "src/handlers/greet-guest/handler.ts",
      "src/handlers/greet-guest/validator.generated.ts",
    ];
    expect(differences.map(({ path }) => path).toSorted()).toEqual(written);
    expect(await project.list()).toEqual([...Object.keys(greetingProject), ...written, "package.json"].toSorted());
    expect(await project.read("generated/greeting.asl.json")).toBe(`{
  "StartAt": "Greet",
  "States": {
    "Greet": {
      "Type": "Task",
      "Resource": "\${GreetGuestFunctionArn}",
      "Next": "Greeted"
    },
    "Greeted": {
      "Type": "Succeed"
    }
  }
}
`);
    expect(JSON.parse(await project.read("generated/greeting.asl.map.json"))).toEqual({
      definition: "greeting.asl.json",
      states: {
        "/States/Greet": "../src/greeting.machine.ts:6:4",
        "/States/Greeted": "../src/greeting.machine.ts:7:4",
      },
    });
    expect(JSON.parse(await project.read("generated/manifest.json"))).toEqual({
      manifestVersion: 1,
      machines: {
        Greeting: {
          definition: "greeting.asl.json",
          sourceMap: "greeting.asl.map.json",
          substitutions: { GreetGuestFunctionArn: { task: "GreetGuest" } },
        },
      },
      tasks: {
        GreetGuest: {
          handler: { module: "../src/handlers/greet-guest/handler.ts", export: "handler" },
          contract: "contracts/greet-guest.schema.json",
          errors: ["GuestUnknown"],
        },
      },
    });
  });

  test("draws every machine in the formats that are asked for", async () => {
    await using project = await projectFolder({
      ...greetingProject,
      "stepwright.config.ts": `export default {
        machines: ["src/greeting.machine.ts"],
        graphs: { formats: ["mermaid", "dot", "svg"], dir: "docs" },
      };`,
    });
    await generate(project);
    expect(await project.read("docs/greeting.mmd")).toMatch(/^flowchart TD\n/);
    expect(await project.read("docs/greeting.dot")).toMatch(/^digraph \{\n/);
    expect(await project.read("docs/greeting.svg")).toMatch(/^<svg /);
    expect((await generate({ ...project, check: true })).differences).toEqual([]);
  });

  test("a second time changes nothing", async () => {
    await using project = await projectFolder(greetingProject);
    await generate(project);
    expect((await generate(project)).differences).toEqual([]);
  });

  test("--check writes nothing and tells what is out of date", async () => {
    await using project = await projectFolder(greetingProject);
    await generate(project);
    await project.write("generated/greeting.asl.json", "{}\n");
    const { differences } = await generate({ ...project, check: true });
    expect(differences).toMatchObject([{ path: "generated/greeting.asl.json", kind: "changed", line: 1 }]);
    expect(await project.read("generated/greeting.asl.json")).toBe("{}\n");
  });

  test("the stub is a handler that refuses a wrong event by a named error", async () => {
    await using project = await projectFolder(greetingProject);
    await generate(project);
    const { handler } = (await import(join(project.dir, "src/handlers/greet-guest/handler.ts"))) as {
      handler: (event: unknown) => Promise<unknown>;
    };
    await expect(handler({ name: "" })).rejects.toMatchObject({
      name: "ContractViolationError",
      message: "The event of GreetGuest does not fit its contract: /name must NOT have fewer than 1 characters",
    });
    await expect(handler({ name: "Ada" })).rejects.toThrow("GreetGuest is not written yet");
  });
});

describe("a handler belongs to its author", () => {
  test("a changed contract changes the types and leaves the body", async () => {
    await using project = await projectFolder({
      ...greetingProject,
      "src/contracts.ts": contractsWith("name: z.string()"),
    });
    await generate(project);
    const handler = "src/handlers/greet-guest/handler.ts";
    await project.write(handler, "// My own words.\nexport const handler = async () => ({ greeting: 'Hello' });\n");
    await project.write("src/contracts.ts", contractsWith("name: z.string(), title: z.string()"));
    const { differences } = await generate(project);
    expect(await project.read(handler)).toBe(
      "// My own words.\nexport const handler = async () => ({ greeting: 'Hello' });\n",
    );
    expect(await project.read("src/handlers/greet-guest/contract.generated.ts")).toContain("readonly title: string;");
    expect(differences.map(({ path }) => path)).not.toContain(handler);
  });

  test("a handler that no contract needs is told and kept", async () => {
    await using project = await projectFolder({
      ...greetingProject,
      "src/handlers/old-task/handler.ts": "export const handler = () => {};",
      "src/handlers/old-task/contract.generated.ts": "export type OldTaskInput = unknown;",
      "src/handlers/notes/readme.md": "no handler",
      "src/handlers/webhook/handler.ts": "// a function that no machine calls",
    });
    const { files } = await generate(project);
    expect(files.filter(({ policy }) => policy === "report")).toEqual([
      { policy: "report", path: "src/handlers/old-task", message: "no task of any machine needs this handler" },
    ]);
    expect(await project.list()).toContain("src/handlers/old-task/handler.ts");
  });
});

test("files that earlier machines and tasks left are reported", async () => {
  const left = [
    "generated/contracts/old.schema.json",
    "generated/old.asl.json",
    "generated/old.asl.map.json",
    "src/handlers/contract-shapes.generated.ts",
  ];
  await using project = await projectFolder({
    ...greetingProject,
    ...Object.fromEntries(left.map((path) => [path, ""])),
    "generated/notes.md": "not generated",
  });
  const { files } = await generate(project);
  expect(
    files
      .filter(({ policy }) => policy === "report")
      .map(({ path }) => path)
      .toSorted(),
  ).toEqual(left);
  const again = await generate(project);
  expect(again.files).toEqual(files.filter(({ policy }) => policy !== "once"));
});

describe("nothing is written", () => {
  test("when a definition has an error, which is told with its line", async () => {
    await using project = await projectFolder({
      ...greetingProject,
      "src/greeting.machine.ts": `
import { machine } from "@stepwright/dsl";
import { greet, Guest } from "./contracts.ts";

export default machine("Greeting", { input: Guest })
  .task("Greet", greet, { timeoutSeconds: -1 })
  .succeed("Greeted");
`,
    });
    const before = await project.list();
    const { diagnostics, differences } = await generate(project);
    expect(diagnostics).toMatchObject([
      { severity: "ERROR", source: { file: "src/greeting.machine.ts", line: 6, column: 4 } },
    ]);
    expect(differences).toEqual([]);
    expect(await project.list()).toEqual(before);
  });

  test("when two states have one name, which the definition alone cannot show", async () => {
    await using project = await projectFolder({
      ...greetingProject,
      "src/greeting.machine.ts": `
import { machine } from "@stepwright/dsl";
import { greet, Guest } from "./contracts.ts";

export default machine("Greeting", { input: Guest })
  .task("Greet", greet)
  .succeed("Greet" as string);
`,
    });
    const { diagnostics, differences } = await generate(project);
    expect(diagnostics).toMatchObject([
      { code: "DUPLICATE_STATE_NAME", source: { file: "src/greeting.machine.ts", line: 7, column: 4 } },
    ]);
    expect(differences).toEqual([]);
  });

  test("when a machine does not load", async () => {
    await using project = await projectFolder({ ...greetingProject, "src/greeting.machine.ts": "throw 1;" });
    const before = await project.list();
    await expect(generate(project)).rejects.toMatchObject({ code: "MODULE_THREW" });
    expect(await project.list()).toEqual(before);
  });

  test("when the disk is full", async () => {
    await using project = await projectFolder(greetingProject);
    const before = await project.list();
    const fileSystem = {
      ...nodeFileSystem,
      write: async (path: string, text: string) => {
        if (path.includes("manifest")) throw new Error("ENOSPC: no space left on device");
        await nodeFileSystem.write(path, text);
      },
    };
    await expect(generate({ ...project, fileSystem })).rejects.toThrow("Nothing was changed.");
    expect(await project.list()).toEqual(before);
  });

  // The superuser may write anywhere, so the permission is no obstacle there.
  test.skipIf(process.platform === "win32" || process.getuid?.() === 0)("when the folder is read-only", async () => {
    await using project = await projectFolder({ ...greetingProject, "generated/.keep": "" });
    await chmod(join(project.dir, "generated"), 0o555);
    await expect(generate(project)).rejects.toMatchObject({ code: "WRITE_FAILED" });
    await chmod(join(project.dir, "generated"), 0o755);
    expect(await project.list()).not.toContain("generated/manifest.json");
  });
});

test("two machines that want the same file are refused", async () => {
  await using project = await projectFolder({
    ...greetingProject,
    "stepwright.config.ts": `export default { machines: ["src/greeting.machine.ts", "src/other/greeting.machine.ts"] };`,
    "src/other/greeting.machine.ts": `
import { machine } from "@stepwright/dsl";
import { greet, Guest } from "../contracts.ts";
export default machine("Other", { input: Guest }).task("Greet", greet);`,
  });
  await expect(generate(project)).rejects.toThrow(
    "src/greeting.machine.ts and src/other/greeting.machine.ts both want the definition file generated/greeting.asl.json",
  );
});
