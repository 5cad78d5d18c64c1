import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { greetingProject, projectFolder } from "../../codegen/test/project-folder.ts";

const bin = join(import.meta.dirname, "../src/bin.ts");

// Windows knows no SIGINT between processes.
test.skipIf(process.platform === "win32")("Ctrl-C leaves a question, and nothing is done", async () => {
  await using project = await projectFolder(greetingProject);
  const command = ["destroy", "--endpoint", "http://127.0.0.1:1"];
  const child = spawn(process.execPath, ["--conditions=@stepwright/source", bin, ...command], { cwd: project.dir });
  let said = "";
  child.stderr.on("data", (text: Buffer) => (said += text.toString()));
  await expect.poll(() => said, { timeout: 20_000 }).toContain("Type Greeting to go on: ");
  child.kill("SIGINT");
  expect(await once(child, "exit")).toEqual([null, "SIGINT"]);
});
