import { expect, test } from "vitest";
import { greetingProject, projectFolder } from "../../../codegen/test/project-folder.ts";
import { stepwright } from "../../test/captured-terminal.ts";

test("a machine and its generated file are drawn alike", async () => {
  await using project = await projectFolder(greetingProject);
  const cwd = project.dir;
  await stepwright(["generate"], { cwd });
  const byName = await stepwright(["graph", "Greeting"], { cwd });
  const byFile = await stepwright(["graph", "generated/greeting.asl.json"], { cwd });
  expect(byName).toEqual(byFile);
  expect(byName.out).toBe(`flowchart TD
  s0["Greet"]
  s1((("Greeted")))
  start(( )) --> s0
  s0 --> s1
`);
});

test("--format and --out give a file of that format", async () => {
  await using project = await projectFolder(greetingProject);
  const cwd = project.dir;
  const told = await stepwright(["graph", "Greeting", "--format", "svg", "--out", "greeting.svg"], { cwd });
  expect(told).toEqual({ exitCode: 0, out: "", err: "" });
  expect(await project.read("greeting.svg")).toMatch(/^<svg .*\n<title>Greeting<\/title>/);
  expect((await stepwright(["graph", "Greeting", "--format", "dot"], { cwd })).out).toMatch(/^digraph \{/);
});

test("a definition with errors is drawn as far as it goes", async () => {
  const half = { StartAt: "Wait", States: { Wait: { Type: "Wait", Seconds: 1, Next: "Gone" } } };
  await using project = await projectFolder({ "half.json": JSON.stringify(half) });
  const { exitCode, out, err } = await stepwright(["graph", "half.json"], { cwd: project.dir });
  expect(exitCode).toBe(1);
  expect(out).toContain('s0(["Wait');
  expect(err).toContain("error MISSING_TRANSITION_TARGET");
});

test("a folder that is not there is refused", async () => {
  await using project = await projectFolder(greetingProject);
  const { exitCode, err } = await stepwright(["graph", "Greeting", "--out", "none/here.mmd"], { cwd: project.dir });
  expect(exitCode).toBe(2);
  expect(err).toContain("Cannot write none/here.mmd");
});
