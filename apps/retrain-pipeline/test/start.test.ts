/** `npm start` as a user runs it: the real program, real handlers, real data, in a folder of its own. */
import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const program = path.join(import.meta.dirname, "../src/start.ts");
let home: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "stepwright-start-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

async function start(...args: readonly string[]) {
  const child = spawn(process.execPath, ["--conditions=@stepwright/source", program, ...args], {
    env: { ...process.env, STEPWRIGHT_HOME: home, NO_COLOR: "1", FORCE_COLOR: undefined },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  return { stdout, stderr, exitCode };
}

describe("one model, from nothing", { timeout: 60_000 }, () => {
  test("is simulated, trained, judged and deployed, and a second run changes nothing", async () => {
    const first = await start("--models", "merchant-churn");
    expect(first.stderr).toBe("");
    expect(first.exitCode).toBe(0);
    expect(first.stdout).toMatch(/Simulated a payment world: [\d,]+ transactions/);
    for (const step of ["ingest", "features", "train", "evaluate", "register", "deploy", "notify"]) {
      expect(first.stdout).toMatch(new RegExp(`merchant-churn +${step} +\\d+\\.\\d s`));
    }
    const deployed = /merchant-churn +DEPLOYED +(?<version>\S+) +0\.9\d\d +0\.\d{3} +0\.\d{4} +\d/;
    const version = deployed.exec(first.stdout)?.groups?.["version"];
    expect(version).toMatch(/^\d{4}-\d{2}-[0-9a-f]{8}$/);

    const page = /^Report: (?<uri>file:\S+)/m.exec(first.stdout)?.groups?.["uri"] ?? "";
    const report = await readFile(fileURLToPath(page), "utf8");
    expect(report).toContain(version);
    expect(report).toContain("no champion yet");

    const second = await start("--models", "merchant-churn");
    expect(second.exitCode).toBe(0);
    expect(deployed.exec(second.stdout)?.groups?.["version"]).toBe(version);
    expect(second.stdout).toContain("nothing was done again");
    expect(await readFile(fileURLToPath(page), "utf8")).toBe(report);
    const outbox = await readFile(path.join(home, "outbox/outbox.jsonl"), "utf8");
    expect(outbox.trim().split("\n")).toHaveLength(1);
  });

  test("is cleared by --reset", async () => {
    expect((await start("--reset")).exitCode).toBe(0);
    expect(await readdir(home)).toEqual([]);
  });
});

describe("what cannot be done", () => {
  test.each([
    ["an unknown model", ["--models", "card-frod"], /found the model "card-frod", wanted one of card-fraud/],
    ["an unreadable input", ["--input", "no-such-file.json"], /Cannot read the input file no-such-file\.json/],
    ["an unknown option", ["--mnths", "3"], /--mnths/],
  ])("%s is refused before any work", async (_, args, message) => {
    const refused = await start(...args);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(message);
    expect(refused.stdout).toBe("");
    expect(await readdir(home)).toEqual([]);
  });
});
