/** A project on disk that sees the packages which this package sees, and is gone after the test. */
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export interface ProjectFolder extends AsyncDisposable {
  readonly dir: string;
  readonly configFile: string;
  write(path: string, text: string): Promise<void>;
  read(path: string): Promise<string>;
  /** Every file but the packages, relative, sorted. */
  list(): Promise<readonly string[]>;
}

const packages = fileURLToPath(new URL("../node_modules", import.meta.url));

export async function projectFolder(files: Readonly<Record<string, string>>): Promise<ProjectFolder> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), "stepwright-project-")));
  await symlink(packages, join(dir, "node_modules"), "junction");
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  };
  await write("package.json", `{ "type": "module" }`);
  await Promise.all(Object.entries(files).map(([path, text]) => write(path, text)));
  return {
    dir,
    configFile: join(dir, "stepwright.config.ts"),
    write,
    read: (path) => readFile(join(dir, path), "utf8"),
    list: async () => (await filesIn(dir)).map((file) => relative(dir, file).replaceAll("\\", "/")).toSorted(),
    async [Symbol.asyncDispose]() {
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  // The packages are a symbolic link, which is neither a file nor a folder here.
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => filesIn(join(folder, name)));
  return [...files, ...(await Promise.all(folders)).flat()];
}

/** One machine with one task whose contract lies in a module of its own. */
export const greetingProject: Readonly<Record<string, string>> = {
  "stepwright.config.ts": `export default { machines: ["src/greeting.machine.ts"] };`,
  "src/contracts.ts": `
import { defineTask } from "@stepwright/dsl";
import { z } from "zod";
export const Guest = z.object({ name: z.string().min(1) });
export const greet = defineTask("GreetGuest", {
  input: Guest,
  output: z.object({ greeting: z.string() }),
  errors: ["GuestUnknown"],
});
`,
  "src/greeting.machine.ts": `
import { machine } from "@stepwright/dsl";
import { greet, Guest } from "./contracts.ts";

export default machine("Greeting", { input: Guest })
  .task("Greet", greet)
  .succeed("Greeted");
`,
};
