import { spawnSync } from "node:child_process";
import { mkdir, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { projectFolder } from "../../../codegen/test/project-folder.ts";
import { stepwright } from "../../test/captured-terminal.ts";

const ownFolder = fileURLToPath(new URL("../..", import.meta.url));

test("a new project generates, type-checks and runs as it stands", async () => {
  await using project = await projectFolder({});
  const cwd = project.dir;
  await installPackages(cwd);
  const begun = await stepwright(["init"], { cwd });
  expect(begun).toMatchObject({ exitCode: 0, err: "" });
  expect(begun.out).toContain("wrote src/reserve-order.machine.ts\n");
  expect(begun.out).toContain("kept package.json, which was there\n");

  expect(await stepwright(["generate"], { cwd })).toMatchObject({ exitCode: 0, err: "" });
  expect(await stepwright(["generate", "--check"], { cwd })).toMatchObject({ exitCode: 0, err: "" });

  const ran = await stepwright(["run", "ReserveOrder", "--input", "order.json"], { cwd });
  expect(ran).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(ran.out)).toEqual([
    { sku: "BOLT-M6", reserved: true },
    { sku: "NUT-M6", reserved: false },
  ]);

  expect(typeCheck(cwd)).toEqual({ status: 0, said: "" });
});

test("the package takes the folder's name, and our packages in the command's version", async () => {
  await using project = await projectFolder({});
  const { out } = await stepwright(["init", "My Pipelines!"], { cwd: project.dir });
  expect(out).toContain('  cd "My Pipelines!"\n');
  expect(JSON.parse(await project.read("My Pipelines!/package.json"))).toMatchObject({
    name: "my-pipelines",
    dependencies: { stepwright: expect.stringMatching(/^\^\d+\.\d+\.\d+/), zod: expect.stringMatching(/^\^4/) },
  });
  // What npm, `stepwright bundle` and `stepwright serve` leave behind.
  expect(await project.read("My Pipelines!/.gitignore")).toBe("node_modules/\ndist/\n.stepwright/\n");
});

test("what is there stays, and is named", async () => {
  await using project = await projectFolder({ "stepwright.config.ts": "// mine\n" });
  const { out } = await stepwright(["init", "--json"], { cwd: project.dir });
  expect(JSON.parse(out)).toMatchObject({ kept: ["package.json", "stepwright.config.ts"] });
  expect(await project.read("stepwright.config.ts")).toBe("// mine\n");
});

test("a file in the place of the folder is refused", async () => {
  await using project = await projectFolder({ taken: "" });
  const { exitCode, err } = await stepwright(["init", "taken"], { cwd: project.dir });
  expect(exitCode).toBe(2);
  expect(err).toMatch(/^error: Cannot write .*taken/);
});

/** What `npm install` would bring, linked from the packages that this package sees. */
async function installPackages(folder: string): Promise<void> {
  const seen = join(ownFolder, "node_modules");
  await rm(join(folder, "node_modules"));
  const packages = ["@stepwright/dsl", "@stepwright/local-runner", "@types/node", "vitest", "zod"];
  const places = new Map(packages.map((name) => [name, join(seen, name)]));
  for (const [name, place] of places.set("stepwright", ownFolder)) {
    const link = join(folder, "node_modules", name);
    // oxlint-disable-next-line no-await-in-loop -- two of them share a folder
    await mkdir(dirname(link), { recursive: true });
    // oxlint-disable-next-line no-await-in-loop
    await symlink(place, link, "junction");
  }
}

/** What the compiler says of a project; our packages are read from their sources. */
function typeCheck(folder: string): { readonly status: number | null; readonly said: string } {
  const compiler = join(createRequire(import.meta.url).resolve("typescript/package.json"), "../bin/tsc");
  const args = [compiler, "-p", folder, "--customConditions", "@stepwright/source"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return { status, said: `${stdout}${stderr}` };
}
