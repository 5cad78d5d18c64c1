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
