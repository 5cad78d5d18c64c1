/**
 * Executions over HTTP: started, and described until they have ended, by the same client against our service with its
 * journal, without one, and against the npm package `stepfunctions-local`. Each service has a process of its own.
 *
 * That package brings 100 MB of the AWS SDK's version 2: it is fetched when it is measured, not with every installation.
 */
import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { loadClient } from "./load-client.ts";
import type { Call } from "./load-client.ts";

interface Served {
  readonly title: string;
  readonly start: (folder: string) => Promise<{ readonly process: ChildProcess; readonly port: number }>;
  /** Executions in all; memory is told at each tenth. */
  readonly executions: number;
}

const connections = 16;

const theirs = "stepfunctions-local@1.3.1";

const own = join(import.meta.dirname, "served.ts");

const services: readonly Served[] = [
  { title: "stepwright, with its journal", start: (folder) => startOwn(join(folder, "bench.db")), executions: 100_000 },
  { title: "stepwright, without a journal", start: () => startOwn(), executions: 100_000 },
  { title: theirs, start: startTheirs, executions: 5000 },
];

export async function measureService(): Promise<void> {
  for (const service of services) {
    // One after the other, so that they do not disturb each other.
    await measure(service);
  }
}

async function startOwn(...args: readonly string[]) {
  const child = spawn(process.execPath, ["--conditions=@stepwright/source", own, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [port] = (await once(child.stdout, "data")) as [Buffer];
  return { process: child, port: Number(port.toString()) };
}

/** It can neither take a free port itself nor say when it listens. */
async function startTheirs(folder: string) {
  const fetched = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder];
  execFileSync("npm", [...fetched, theirs], { stdio: "ignore", shell: process.platform === "win32" });
  const port = await freePort();
  const script = join(folder, "node_modules/stepfunctions-local/bin/stepfunctions-local-start.js");
  const child = spawn(process.execPath, ["--no-deprecation", script, "--port", String(port)], { stdio: "ignore" });
  const { call, close } = loadClient(port, 1);
  while (!(await call("ListStateMachines", {}).then(Boolean, () => false))) await delay(20);
  close();
  return { process: child, port };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

const pass = { Type: "Pass" };
const definition = JSON.stringify({
  StartAt: "A",
  States: { A: { ...pass, Next: "B" }, B: { ...pass, Next: "C" }, C: { ...pass, End: true } },
});

async function measure({ title, start, executions }: Served): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "stepwright-bench-"));
  const { port, process: child } = await start(folder);
  const { call, close } = loadClient(port, connections);
  try {
    const roleArn = "arn:aws:iam::123456789012:role/local";
    const { stateMachineArn } = await call("CreateStateMachine", { name: "Load", definition, roleArn });
    await run(call, String(stateMachineArn), 0, 500);
    console.log(`${title}: ${executions.toLocaleString("en")} executions of 3 states, ${connections} at a time`);
    const megabytes: number[] = [residentMb(child)];
    const starts: number[] = [];
    const began = performance.now();
    for (let tenth = 1; tenth <= 10; tenth += 1) {
      starts.push(...(await run(call, String(stateMachineArn), tenth, executions / 10)));
      megabytes.push(residentMb(child));
    }
    const perSecond = (executions * 1000) / (performance.now() - began);
    starts.sort((a, b) => a - b);
    console.log(`  ${Math.round(perSecond).toLocaleString("en")} executions/s started and seen to end`);
    console.log(`  StartExecution: p50 ${at(starts, 0.5)} ms, p99 ${at(starts, 0.99)} ms`);
    console.log(`  memory in MB, before and after each tenth: ${megabytes.map((mb) => mb.toFixed(0)).join(" ")}`);
  } finally {
    close();
    child.kill("SIGKILL");
    await once(child, "exit");
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns how long each StartExecution took, in milliseconds */
async function run(call: Call, stateMachineArn: string, part: number, count: number): Promise<number[]> {
  const durations: number[] = [];
  let started = 0;
  const worker = async (): Promise<void> => {
    while (started < count) {
      started += 1;
      const before = performance.now();
      const request = { stateMachineArn, name: `execution-${part}-${started}`, input: '{"a":1}' };
      const { executionArn } = await call("StartExecution", request);
      durations.push(performance.now() - before);
      await ended(call, executionArn);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return durations;
}

async function ended(call: Call, executionArn: unknown): Promise<void> {
  for (;;) {
    const { status } = await call("DescribeExecution", { executionArn });
    if (status === "SUCCEEDED") return;
    if (status !== "RUNNING") throw new Error(`The execution ended as ${String(status)}.`);
  }
}

function residentMb({ pid }: ChildProcess): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;
}

function at(sorted: readonly number[], share: number): string {
  return (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(2);
}
