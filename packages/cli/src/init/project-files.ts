/** The files of a new project, as `template/` holds them. */
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export interface ProjectFile {
  /** Relative to the project's folder, written with `/`. */
  readonly path: string;
  readonly text: string;
}

interface ProjectManifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Two folders up both from `src/init` and from `dist/init`. */
const template = fileURLToPath(new URL("../../template/", import.meta.url));

/** npm leaves a `.gitignore` out of a package, so the template's has another name. */
const renamed: Readonly<Record<string, string>> = { gitignore: ".gitignore" };

/**
 * @param name  of the project's package
 * @param ownVersion  of this command; the packages of ours that the project depends on are released together with it
 */
export async function projectFiles(name: string, ownVersion: string): Promise<readonly ProjectFile[]> {
  const entries = await readdir(template, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => {
      const file = join(entry.parentPath, entry.name);
      const path = relative(template, file).replaceAll("\\", "/");
      const text = await readFile(file, "utf8");
      return {
        path: renamed[path] ?? path,
        text: path === "package.json" ? namedManifest(text, name, ownVersion) : text,
      };
    });
  return (await Promise.all(files)).toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

function namedManifest(text: string, name: string, ownVersion: string): string {
  const manifest = JSON.parse(text) as ProjectManifest;
  const withOurs = (dependencies: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(dependencies).map(([dependency, range]) => [
        dependency,
        isOurs(dependency) ? `^${ownVersion}` : range,
      ]),
    );
  const { dependencies, devDependencies } = manifest;
  const named = {
    ...manifest,
    name,
    dependencies: withOurs(dependencies),
    devDependencies: withOurs(devDependencies),
  };
  return `${JSON.stringify(named, null, 2)}\n`;
}

function isOurs(dependency: string): boolean {
  return dependency === "stepwright" || dependency.startsWith("@stepwright/");
}
