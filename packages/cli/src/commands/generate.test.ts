import { expect, test } from "vitest";
import { greetingProject, projectFolder } from "../../../codegen/test/project-folder.ts";
import { stepwright } from "../../test/captured-terminal.ts";

test("writes, then finds everything up to date", async () => {
  await using project = await projectFolder(greetingProject);
  const cwd = project.dir;
  const first = await stepwright(["generate"], { cwd });
  expect(first).toMatchObject({ exitCode: 0, err: "" });
  expect(first.out).toContain("wrote generated/greeting.asl.json\n");
  expect(first.out).toMatch(/1 machine, 1 task: 8 files written, 0 up to date, \d+ ms\n$/);
  const second = await stepwright(["generate", "--check"], { cwd });
  expect(second).toMatchObject({ exitCode: 0, err: "" });
  expect(second.out).toMatch(/^1 machine, 1 task: 0 files out of date, 7 up to date, \d+ ms\n$/);
});

test("--check fails on a difference, and says so beside the file on GitHub", async () => {
  await using project = await projectFolder(greetingProject);
  const cwd = project.dir;
  await stepwright(["generate"], { cwd });
  await project.write("generated/greeting.asl.json", "{\n}\n");
  const { exitCode, out, err } = await stepwright(["generate", "--check"], { cwd, env: { GITHUB_ACTIONS: "true" } });
  expect(exitCode).toBe(1);
  expect(out).toContain("out of date generated/greeting.asl.json (from line 2)\n");
  expect(out).toContain("::error file=generated/greeting.asl.json,line=2,title=stepwright generate --check::");
  expect(err).toBe("Run `stepwright generate` and commit what it writes.\n");
  expect(await project.read("generated/greeting.asl.json")).toBe("{\n}\n");
});

test("--json tells what was written", async () => {
  await using project = await projectFolder(greetingProject);
  const { out } = await stepwright(["generate", "--json"], { cwd: project.dir });
  expect(JSON.parse(out)).toMatchObject({
    machines: [{ name: "Greeting", module: "src/greeting.machine.ts" }],
    tasks: ["GreetGuest"],
    diagnostics: [],
    written: expect.arrayContaining(["generated/greeting.asl.json"]),
    outOfDate: [],
    unneeded: [],
  });
});

test("a module that cannot be loaded is shown beside its line on GitHub", async () => {
  await using project = await projectFolder({ ...greetingProject, "src/greeting.machine.ts": "export default (\n" });
  const env = { GITHUB_ACTIONS: "true" };
  const { exitCode, out } = await stepwright(["generate", "--check"], { cwd: project.dir, env });
  expect(exitCode).toBe(2);
  expect(out).toMatch(/^::error file=src\/greeting\.machine\.ts,line=2,col=1,title=MODULE_SYNTAX::Unexpected/);
});

test.each(["generated", "src/handlers"])(
  "a file in the place of %s is refused, and nothing is written",
  async (path) => {
    await using project = await projectFolder({ ...greetingProject, [path]: "mine" });
    const before = await project.list();
    const { exitCode, err } = await stepwright(["generate"], { cwd: project.dir });
    expect(exitCode).toBe(2);
    expect(err).toMatch(/^error: Cannot read \S+ to compare it: found a file where a folder is wanted\n$/);
    expect(err).toContain(` ${path}/`);
    expect(await project.list()).toEqual(before);
  },
);

test("a syntax error is refused with its file and line", async () => {
  await using project = await projectFolder({ ...greetingProject, "src/greeting.machine.ts": "export default (\n" });
  const { exitCode, err } = await stepwright(["generate"], { cwd: project.dir });
  expect(exitCode).toBe(2);
  expect(err).toMatch(/^error: src\/greeting\.machine\.ts:2:\d+: /);
});

test("a folder without a configuration is refused with the command that begins one", async () => {
  await using project = await projectFolder({});
  const { exitCode, err } = await stepwright(["generate"], { cwd: project.dir });
  expect(exitCode).toBe(2);
  expect(err).toContain("Found no stepwright.config.ts in");
  expect(err).toContain("`stepwright init`");
});

test("--watch ends with its signal", async () => {
  await using project = await projectFolder(greetingProject);
  const stop = new AbortController();
  stop.abort();
  const { exitCode } = await stepwright(["generate", "--watch"], { cwd: project.dir, signal: stop.signal });
  expect(exitCode).toBe(0);
});

test("budgets are told when the configuration has some, and fail the check when they are exceeded", async () => {
  const configFile = "stepwright.config.ts";
  const config = greetingProject[configFile]?.replace(" };", ", budgets: { items: {} } };") ?? "";
  await using project = await projectFolder({ ...greetingProject, [configFile]: config });
  const cwd = project.dir;
  const { out } = await stepwright(["generate"], { cwd });
  expect(out).toContain("Greeting: 9 history events, 2 transitions ($0.00005), at most 15 min\n");
  await project.write(configFile, config.replace("items: {}", "durationSeconds: 60"));
  const exceeded = await stepwright(["generate", "--check"], { cwd });
  expect(exceeded.exitCode).toBe(1);
  expect(exceeded.err).toContain("BUDGET_EXCEEDED");
});
