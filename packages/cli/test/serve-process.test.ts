import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const bin = join(import.meta.dirname, "../src/bin.ts");

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "stepwright-serve-"))));
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The command in a process of its own. */
async function start() {
  const child = spawn(process.execPath, ["--conditions=@stepwright/source", bin, "serve", "--port", "0"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let complaints = "";
  child.stderr.on("data", (text: Buffer) => (complaints += text.toString()));
  const [banner] = (await once(child.stdout, "data")) as [Buffer];
  const url = /http:\S+/.exec(banner.toString())![0];
  return {
    async call(operation: string, request: object): Promise<Record<string, unknown>> {
      const response = await fetch(url, {
        method: "POST",
        headers: { "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": `AWSStepFunctions.${operation}` },
        body: JSON.stringify(request),
      });
      return (await response.json()) as Record<string, unknown>;
    },
    async end(signal: NodeJS.Signals) {
      child.kill(signal);
      const [exitCode] = (await once(child, "exit")) as [number | null];
      return { exitCode, complaints };
    },
  };
}

const pause = { StartAt: "Pause", States: { Pause: { Type: "Wait", Seconds: 2, End: true } } };

// Windows knows no SIGTERM: the process ends as after `kill -9`, which the runner's own tests try.
test.skipIf(process.platform === "win32")("SIGTERM ends it in order, and the next one goes on", async () => {
  const first = await start();
  const roleArn = "arn:aws:iam::123456789012:role/local";
  const created = await first.call("CreateStateMachine", { name: "Pause", definition: JSON.stringify(pause), roleArn });
  const { executionArn } = await first.call("StartExecution", { stateMachineArn: created["stateMachineArn"] });
  expect(await first.end("SIGTERM")).toEqual({
    exitCode: 0,
    complaints: "Stopped. 1 execution is under way; the next start with this journal goes on with them.\n",
  });
  const second = await start();
  const status = async () => (await second.call("DescribeExecution", { executionArn }))["status"];
  await expect.poll(status, { timeout: 20_000 }).toBe("SUCCEEDED");
  expect(await second.end("SIGINT")).toEqual({ exitCode: 0, complaints: "Stopped.\n" });
});
