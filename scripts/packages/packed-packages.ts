/** The public packages as `pnpm publish` would upload them, and a project that has them installed. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export interface PackedPackage {
  readonly name: string;
  readonly tarball: string;
  /** Of the sources, where its dependencies lie. */
  readonly folder: string;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: true;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const root = fileURLToPath(new URL("../..", import.meta.url));

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), "stepwright-packed-"));

/** Packs what `turbo run build` built. */
export function packPublicPackages(into: string): readonly PackedPackage[] {
  const packages = readdirSync(join(root, "packages")).flatMap((name) => {
    const folder = join(root, "packages", name);
    const { name: packageName, version, ...manifest } = readManifest(folder);
    const tarball = join(into, `${packageName.replace("@", "").replace("/", "-")}-${version}.tgz`);
    return manifest.private === true ? [] : [{ name: packageName, folder, tarball }];
  });
  const filters = packages.flatMap(({ name }) => ["--filter", name]);
  runPnpm([...filters, "--recursive", "pack", "--pack-destination", into]);
  return packages;
}

/** Unpacks the packages into the folder's `node_modules`, and links their dependencies and `others` from the workspace. */
export function installPackages(
  packages: readonly PackedPackage[],
  folder: string,
  others: Readonly<Record<string, string>>,
): void {
  const modules = join(folder, "node_modules");
  const ours = new Set(packages.map(({ name }) => name));
  const linked = new Map<string, string>(Object.entries(others));
  for (const { name, tarball, folder: source } of packages) {
    const place = join(modules, name);
    mkdirSync(dirname(place), { recursive: true });
    const unpacked = join(dirname(place), `unpacked-${name.replace("/", "-")}`);
    mkdirSync(unpacked);
    run("tar", ["-xzf", tarball, "-C", unpacked], folder);
    renameSync(join(unpacked, "package"), place);
    for (const dependency of Object.keys(readManifest(place).dependencies ?? {})) {
      if (!ours.has(dependency)) linked.set(dependency, join(source, "node_modules", dependency));
    }
  }
  for (const [name, place] of linked) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(place, join(modules, name), "junction");
  }
}

/** Under this Node, but without the export condition that shows our sources. */
export function run(command: string, args: readonly string[], cwd: string): string {
  const { NODE_OPTIONS: _unused, ...env } = process.env;
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env, encoding: "utf8" });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(" ")} ended with ${status ?? error?.message}:\n${stdout}${stderr}`);
  }
  return stdout;
}

function runPnpm(args: readonly string[]): void {
  // pnpm names itself to the scripts it runs; as a program of its own, or as a script for Node.
  const { npm_execpath: pnpm = "pnpm" } = process.env;
  if (/\.[cm]?js$/u.test(pnpm)) run(process.execPath, [pnpm, ...args], root);
  else run(pnpm, args, root);
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}
