/** `npm start -- deploy` as a newcomer runs it, with short times. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { connect, observe } from "@stepwright/deploy";
import { StepFunctionsService, createHttpDoor } from "@stepwright/local-runner/service";
import { describe, expect, test } from "vitest";
import { parseWalkOptions } from "../src/deploy-walk/walk-options.ts";
import { UsageError } from "../src/options.ts";

const program = path.join(import.meta.dirname, "../src/start.ts");

async function walk(...args: readonly string[]) {
  const child = spawn(process.execPath, ["--conditions=@stepwright/source", program, "deploy", ...args], {
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  return { stdout, stderr, exitCode };
}

describe("the walk", { timeout: 60_000 }, () => {
  test("shows a canary that completes and one that goes back, in a service of its own", async () => {
    const { exitCode, stderr, stdout } = await walk("--interval", "0.4");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const told = [
      /^Step Functions API on http:\/\/127\.0\.0\.1:\d+ \(in this process; nothing is kept\)/,
      /First version.*\n.*\n {2}version 1 is live/,
      /version 2 now gets 25 % of the new executions/,
      /of version 2 [1-9]\d* succeeded, 0 failed/,
      /version 2 now gets 100 % of the new executions/,
      /version 2 is live/,
      /version 3 now gets 25 % of the new executions/,
      /of version 3 0 succeeded, [1-9]\d* failed/,
      /finished executions failed; tolerated are 0 %; .* \(States\.Runtime: .*\$\.model.*\n {2}the callers go back to version 2\n/,
      /Status\n {2}live: version 2 at 100 %\n {2}the alias does not lead to revision/,
    ];
    let from = 0;
    for (const line of told) {
      const found = line.exec(stdout.slice(from));
      expect(found, `${line} after ${stdout.slice(from)}`).not.toBeNull();
      from += (found?.index ?? 0) + (found?.[0].length ?? 0);
    }
    expect(stdout).not.toContain("version 3 is live");
  });

  test("may be repeated at a service that runs already, and leaves the good version there", async () => {
    const service = new StepFunctionsService();
    const door = createHttpDoor(service);
    door.listen(0, "127.0.0.1");
    await once(door, "listening");
    const endpoint = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
    try {
      expect(await walk("--endpoint", endpoint, "--interval", "0.4")).toMatchObject({ exitCode: 0, stderr: "" });
      expect(await walk("--endpoint", endpoint, "--interval", "0.4")).toMatchObject({ exitCode: 0, stderr: "" });
      const { clients } = await connect({ endpoint, environment: {} });
      const arn = "arn:aws:states:us-east-1:123456789012:stateMachine:RetrainWalk";
      const observed = await observe({ arn, alias: "live" }, clients);
      const second = observed?.versions[1]?.arn;
      expect(observed?.versions).toHaveLength(3);
      expect(observed?.alias?.routes).toMatchObject([{ versionArn: second, weight: 100 }]);
    } finally {
      service.close();
      door.closeAllConnections();
      door.close();
    }
  });

  test("says how to start the service when nothing answers", async () => {
    const { exitCode, stderr, stdout } = await walk("--endpoint", "http://127.0.0.1:1");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain("Nothing answers at http://127.0.0.1:1. Start the service in another terminal:");
    expect(stderr).toContain("npx --yes pnpm stepwright serve --memory --port 1\n");
  });
});

test.each([
  [["--endpoint", "8083"], '--endpoint: found "8083", wanted a URL such as http://127.0.0.1:8083.'],
  [["--interval", "0"], '--interval: found "0", wanted seconds, more than 0 and at most 600.'],
  [["--months", "2"], 'Run "npm start -- deploy --help" for the options.'],
])("%j is refused", (args, message) => {
  expect(() => parseWalkOptions(args)).toThrow(UsageError);
  expect(() => parseWalkOptions(args)).toThrow(message);
});
