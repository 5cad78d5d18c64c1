import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { DefineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { projectFiles } from "../init/project-files.ts";
import type { ProjectFile } from "../init/project-files.ts";
import { ownVersion } from "../own-version.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface InitFlags {
  readonly json?: true;
}

interface BegunProject {
  readonly folder: string;
  readonly written: readonly string[];
  /** Were there before, and are as they were. */
  readonly kept: readonly string[];
}

export const define: DefineCommand = (command, terminal, finish) => {
  command
    .argument("[folder]", "where the project lies; made when it does not exist", ".")
    .option("--json", "tell as JSON what was written")
    .addHelpText(
      "after",
      "\nA file that exists is never touched.\n\nExample:\n  stepwright init my-pipelines && cd my-pipelines && npm install",
    )
    .action(async (folder: string, { json }: InitFlags) => {
      const project = await beginProject(resolve(terminal.cwd, folder));
      terminal.out(json === true ? `${JSON.stringify(project)}\n` : report(project, terminal));
      finish(exitCodes.done);
    });
};

async function beginProject(folder: string): Promise<BegunProject> {
  const files = await projectFiles(packageName(folder), ownVersion());
  const written: string[] = [];
  const kept: string[] = [];
  for (const file of files) {
    ((await writeUnlessThere(folder, file)) ? written : kept).push(file.path);
  }
  return { folder, written, kept };
}

/** A name that npm takes, from whatever the folder is called. */
function packageName(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/gu, "-")
    .replaceAll(/^-+|-+$/gu, "");
  return name === "" ? "pipelines" : name;
}

async function writeUnlessThere(folder: string, { path, text }: ProjectFile): Promise<boolean> {
  const file = join(folder, path);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw new UsageError(`Cannot write ${file}: ${(error as Error).message}`);
  }
}

function report({ folder, written, kept }: BegunProject, terminal: Terminal): string {
  const lines = [
    ...written.map((path) => `wrote ${path}`),
    ...kept.map((path) => terminal.style("dim", `kept ${path}, which was there`)),
    "",
    ...nextSteps(folder, kept, terminal),
  ];
  return `${lines.join("\n")}\n`;
}

function nextSteps(folder: string, kept: readonly string[], terminal: Terminal): readonly string[] {
  const away = relative(terminal.cwd, folder);
  const install = kept.includes("package.json")
    ? `npm install @stepwright/dsl stepwright zod && npm install --save-dev @stepwright/local-runner vitest typescript`
    : "npm install";
  const steps = [
    ...(away === "" ? [] : [`cd ${/^[\w./\\-]+$/.test(away) ? away : JSON.stringify(away)}`]),
    install,
    "npx stepwright generate                                        # the definition, and all that follows from it",
    "npx stepwright run ReserveOrder --input order.json --events    # offline, with the handler in src/handlers",
    "npx vitest run                                                 # in virtual time",
  ];
  return [terminal.style("bold", "Next:"), ...steps.map((step) => `  ${step}`)];
}
