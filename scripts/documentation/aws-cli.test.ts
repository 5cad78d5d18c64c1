/** The session with the AWS CLI runs as the page prints it, but for the port. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");

/** From these on, the CLI knows `test-state`. */
const firstMinor: Readonly<Record<string, number>> = { 1: 32, 2: 15 };

async function isAtHand(): Promise<boolean> {
  const { stdout } = await run("aws", ["--version"]).catch(() => ({ stdout: "" }));
  const [, major = "", minor] = /^aws-cli\/(\d+)\.(\d+)/.exec(stdout) ?? [];
  return Number(minor) >= (firstMinor[major] ?? 0);
}

test("the session with the AWS CLI", async ({ skip }) => {
  if (!(await isAtHand())) skip("needs `aws` 1.32, 2.15 or later on the PATH");
  const page = await readFile(path.join(root, "docs/service.md"), "utf8");
  const [, script] = /## A session with the AWS CLI\n\n```sh\n([\s\S]*?)^```$/m.exec(page)!;
  const folder = await mkdtemp(path.join(tmpdir(), "stepwright-aws-cli-"));
  const bin = path.join(root, "packages/cli/src/bin.ts");
  const service = spawn(
    process.execPath,
    ["--conditions=@stepwright/source", bin, "serve", "--memory", "--port", "0"],
    { cwd: folder, stdio: ["ignore", "pipe", "inherit"] },
  );
  try {
    const [banner] = (await once(service.stdout, "data")) as [Buffer];
    const address = /http:\/\/(\S+)/.exec(banner.toString())![1]!;
    const printed = script!.replace("127.0.0.1:8083", address);
    expect(printed).not.toBe(script);
    const { stdout } = await run("sh", ["-eu", "-c", printed], { cwd: folder });
    expect(stdout).toContain(`"stateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:Hello"`);
    expect(stdout).toContain(`"executionArn": "arn:aws:states:us-east-1:123456789012:execution:Hello:first"`);
    expect(stdout).toContain(`{"greeting":"Hello, Ada"}`);
    expect(stdout).toContain("ExecutionStarted\tPassStateEntered\tPassStateExited\tExecutionSucceeded");
    expect(stdout).toMatch(/"output": "{\\"n\\":1}",\s+"status": "SUCCEEDED"/);
  } finally {
    service.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  }
});
