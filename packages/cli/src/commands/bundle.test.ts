import { expect, test } from "vitest";
import { greetingProject, projectFolder } from "../../../codegen/test/project-folder.ts";
import { stepwright } from "../../test/captured-terminal.ts";

test("bundles every handler and tells its size", async () => {
  await using project = await projectFolder(greetingProject);
  const cwd = project.dir;
  await stepwright(["generate"], { cwd });
  const { exitCode, out } = await stepwright(["bundle"], { cwd });
  expect(exitCode).toBe(0);
  const size = String.raw` +\d+\.\d kB`;
  expect(out).toMatch(
    new RegExp(`^dist/functions/greet-guest${size},${size} compressed,${size} at the start  index\\.mjs\n$`),
  );
  expect(await project.list()).toContain("dist/functions/greet-guest/index.mjs");
});

test("--json tells every file", async () => {
  await using project = await projectFolder(greetingProject);
  const cwd = project.dir;
  await stepwright(["generate"], { cwd });
  const { out } = await stepwright(["bundle", "--json"], { cwd });
  expect(JSON.parse(out)).toMatchObject([
    {
      task: "GreetGuest",
      dir: "dist/functions/greet-guest",
      files: [{ name: "index.mjs.map" }, { name: "index.mjs" }],
      external: [],
    },
  ]);
});

test("a project without handlers is refused", async () => {
  await using project = await projectFolder(greetingProject);
  const { exitCode, err } = await stepwright(["bundle"], { cwd: project.dir });
  expect(exitCode).toBe(2);
  expect(err).toContain("Found no src/handlers/greet-guest/handler.ts");
});
