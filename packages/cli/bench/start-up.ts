/** From the start of the process until the service listens, of the command as it is built: `pnpm bench` here. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const bin = join(import.meta.dirname, "../dist/bin.js");
const project = join(import.meta.dirname, "../../../apps/retrain-pipeline");
if (!existsSync(bin)) {
  console.error(`There is no ${bin}; build first: pnpm build`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "stepwright-start-up-"));
const bare = `process.getBuiltinModule("node:http").createServer().listen(0, "127.0.0.1", () => console.log("listening"))`;
const data = join(folder, "service.db");

/** What is started, and where. */
const starts: Readonly<Record<string, { readonly args: readonly string[]; readonly cwd: string }>> = {
  "Node alone, with an HTTP server": { args: ["-e", bare], cwd: folder },
  "stepwright serve --memory": { args: [bin, "serve", "--port", "0", "--memory"], cwd: folder },
  "stepwright serve": { args: [bin, "serve", "--port", "0", "--data", data], cwd: folder },
  "stepwright serve in a project": { args: [bin, "serve", "--port", "0", "--memory"], cwd: project },
};

console.log("Start-up of the service, median of 15 in ms; at most 150 are wanted outside of a project");
for (const [title, { args, cwd }] of Object.entries(starts)) {
  // The first fills the cache of compiled code, as the first start after an installation does.
  const [first, ...rest] = await durations(args, cwd, 16);
  const sorted = rest.toSorted((a, b) => a - b);
  const figures = { median: sorted[7], fastest: sorted[0], slowest: sorted.at(-1), first };
  const told = Object.entries(figures).map(([name, ms = Number.NaN]) => `${name} ${ms.toFixed(0)}`);
  console.log(`  ${title.padEnd(34)} ${told.join(", ")}`);
}
rmSync(folder, { recursive: true, force: true });

async function durations(args: readonly string[], cwd: string, count: number): Promise<readonly number[]> {
  const found: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const began = performance.now();
    const child = spawn(process.execPath, [...args], { cwd, stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    found.push(performance.now() - began);
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  return found;
}
