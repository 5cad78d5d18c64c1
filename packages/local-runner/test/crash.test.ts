import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { JsonObject } from "@stepwright/asl";
import { SeededRandom } from "../src/interpreter/random.ts";

/** Bounded; CONTRIBUTING.md says what the service is held to before a release. */
const crashes = Number(process.env["STEPWRIGHT_CRASHES"] ?? 5);
const executionCount = Number(process.env["STEPWRIGHT_CRASH_EXECUTIONS"] ?? 60);

let folder: string;
let journal: string;
let invocations: string;
let running: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stepwright-crash-"));
  journal = join(folder, "service.db");
  invocations = join(folder, "invocations.jsonl");
});
afterEach(() => {
  running?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

async function start() {
  const script = join(import.meta.dirname, "crashing-service.ts");
  const child = spawn(process.execPath, ["--conditions=@stepwright/source", script, journal, invocations], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  running = child;
  const [port] = (await once(child.stdout, "data")) as [Buffer];
  const url = `http://127.0.0.1:${port.toString().trim()}`;
  return {
    async call(operation: string, request: JsonObject): Promise<JsonObject> {
      const response = await fetch(url, {
        method: "POST",
        headers: { "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": `AWSStepFunctions.${operation}` },
        body: JSON.stringify(request),
      });
      return (await response.json()) as JsonObject;
    },
    async kill() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

type Service = Awaited<ReturnType<typeof start>>;

const call = (name: string) => ({ Type: "Task", Resource: `arn:aws:lambda:us-east-1:123456789012:function:${name}` });
const pass = { StartAt: "Same", States: { Same: { Type: "Pass", End: true } } };

/** Each with what it makes of 5. */
const machines: Readonly<Record<string, { readonly states: object; readonly output: unknown }>> = {
  Chain: {
    states: {
      A: { ...call("Double"), Next: "B" },
      B: { Type: "Wait", Seconds: 1, Next: "C" },
      C: { ...call("AddOne"), End: true },
    },
    output: 11,
  },
  Fan: {
    states: {
      List: { Type: "Pass", QueryLanguage: "JSONata", Output: "{% [$states.input, 1, 2, 3] %}", Next: "Each" },
      Each: {
        Type: "Map",
        MaxConcurrency: 2,
        ItemProcessor: { StartAt: "D", States: { D: { ...call("Double"), End: true } } },
        End: true,
      },
    },
    output: [10, 2, 4, 6],
  },
  Both: {
    states: {
      Two: {
        Type: "Parallel",
        Branches: [
          { StartAt: "D", States: { D: { ...call("Double"), Next: "W" }, W: { Type: "Wait", Seconds: 1, End: true } } },
          pass,
        ],
        End: true,
      },
    },
    output: [10, 5],
  },
  Read: {
    states: {
      Each: {
        Type: "Map",
        MaxConcurrency: 2,
        ItemReader: {
          Resource: "arn:aws:states:::s3:getObject",
          ReaderConfig: { InputType: "JSON" },
          Parameters: { Bucket: "in", Key: "numbers" },
        },
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
          StartAt: "D",
          States: { D: { ...call("Double"), End: true } },
        },
        End: true,
      },
    },
    output: [0, 2, 4, 6, 8, 10, 12, 14],
  },
  Redriven: {
    states: {
      Two: {
        Type: "Parallel",
        Branches: [
          pass,
          {
            StartAt: "L",
            States: {
              L: {
                ...call("DoubleLater"),
                Parameters: { "value.$": "$", "redriveCount.$": "$$.Execution.RedriveCount" },
                End: true,
              },
            },
          },
        ],
        End: true,
      },
    },
    output: [5, 10],
  },
};

const kinds = Object.entries(machines);

async function createMachines(service: Service): Promise<void> {
  for (const [name, { states }] of kinds) {
    const definition = JSON.stringify({ StartAt: Object.keys(states)[0], States: states });
    await service.call("CreateStateMachine", { name, definition, roleArn: "arn:aws:iam::123456789012:role/local" });
  }
}

/** What has failed is redriven. @returns whether it has ended well */
async function succeeds(service: Service, executionArn: string): Promise<boolean> {
  const { status } = await service.call("DescribeExecution", { executionArn });
  if (status === "FAILED") await service.call("RedriveExecution", { executionArn, clientToken: "again" });
  return status === "SUCCEEDED";
}

const timeout = 120_000 + crashes * 5000;

test("a service that is killed again and again loses nothing and does nothing twice", { timeout }, async () => {
  const random = new SeededRandom(7);
  const expected = new Map<string, unknown>();
  let service = await start();
  await createMachines(service);
  for (let crash = 1; crash <= crashes; crash += 1) {
    // Some begin before each crash, so that every one finds executions under way.
    while (expected.size < (executionCount * crash) / crashes) {
      const [name, { output }] = kinds[expected.size % kinds.length]!;
      const stateMachineArn = `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;
      const { executionArn } = await service.call("StartExecution", { stateMachineArn, input: "5" });
      expected.set(executionArn as string, output);
    }
    for (const executionArn of expected.keys()) await succeeds(service, executionArn);
    await delay(random.next() * 250);
    await service.kill();
    service = await start();
  }
  for (const [executionArn, output] of expected) {
    const describeExecution = () => service.call("DescribeExecution", { executionArn });
    await expect.poll(() => succeeds(service, executionArn), { timeout: 30_000 }).toBe(true);
    expect(await describeExecution()).toMatchObject({ output: JSON.stringify(output) });
    const { events } = await service.call("GetExecutionHistory", { executionArn, maxResults: 1000 });
    const types = (events as readonly { readonly type: string }[]).map(({ type }) => type);
    expect(types.filter((type) => type === "ExecutionSucceeded")).toHaveLength(1);
  }
  await service.kill();
  using database = new DatabaseSync(journal);
  const { ends } = database.prepare("SELECT count(*) AS ends FROM entry WHERE kind = 'end'").get()!;
  const redriven = [...expected.keys()].filter((arn) => arn.includes(":Redriven:")).length;
  expect(ends).toBe(expected.size + redriven);
  // A task that was under way is invoked again after a crash, and by one process never twice.
  const lines = readFileSync(invocations, "utf8").trimEnd().split("\n");
  expect(new Set(lines).size).toBe(lines.length);
});
