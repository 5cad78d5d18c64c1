/** What goes to Lambda: each bundle starts in a process of its own and answers what the source would. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { bundleHandlers } from "@stepwright/codegen";
import { ensureWorld } from "@stepwright/handlers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const run = promisify(execFile);
const configFile = fileURLToPath(new URL("../stepwright.config.ts", import.meta.url));
const handlersPackages = fileURLToPath(new URL("../../../packages/handlers/node_modules", import.meta.url));

const item = {
  schemaVersion: 1,
  modelId: "card-fraud",
  runId: "2026-09",
  asOf: "2026-09-01T00:00:00Z",
  trigger: "manual",
};

/** Plays Lambda: imports the function, gives it one event, writes what it answers. */
const driver = `
import { readFile, writeFile } from "node:fs/promises";
const [module, eventFile, answerFile] = process.argv.slice(2);
const { handler } = await import(module);
const event = JSON.parse(await readFile(eventFile, "utf8"));
const answer = await handler(event).then((output) => ({ output }), ({ name, message }) => ({ error: name, message }));
await writeFile(answerFile, JSON.stringify(answer));
process.exit(0);
`;

describe("the bundles", () => {
  let folder = "";
  let world = "";

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "stepwright-bundles-"));
    await bundleHandlers({ configFile, outDir: path.join(folder, "functions") });
    // In place of the layer that brings DuckDB.
    await symlink(handlersPackages, path.join(folder, "node_modules"), "junction");
    await mkdir(path.join(folder, "home"));
    await writeFile(path.join(folder, "driver.mjs"), driver);
    ({ folder: world } = await ensureWorld({ home: path.join(folder, "home"), customers: 1200, runs: 1 }));
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function invoke(task: string, event: unknown, environment: Readonly<Record<string, string>> = {}) {
    const [eventFile, answerFile] = [path.join(folder, `${task}.event.json`), path.join(folder, `${task}.answer.json`)];
    await writeFile(eventFile, JSON.stringify(event));
    const module = pathToFileURL(path.join(folder, "functions", task, "index.mjs")).href;
    const { stdout } = await run(process.execPath, [path.join(folder, "driver.mjs"), module, eventFile, answerFile], {
      cwd: folder,
      env: {
        ...process.env,
        STEPWRIGHT_HOME: path.join(folder, "home"),
        STEPWRIGHT_WORLD: world,
        NODE_OPTIONS: "",
        ...environment,
      },
    });
    const answer = JSON.parse(await readFile(answerFile, "utf8")) as {
      output?: Record<string, unknown>;
      error?: string;
    };
    return { ...answer, stdout };
  }

  test("retrain a model from its data to the endpoint, the training in its worker", { timeout: 120_000 }, async () => {
    const { output: ingested } = await invoke("ingest-training-data", item);
    expect(ingested).toMatchObject({ outcome: "OK" });
    const { output: preprocessed } = await invoke("preprocess-features", ingested);
    expect(preprocessed).toMatchObject({ outcome: "OK" });
    const { output: trained } = await invoke("launch-training-job", preprocessed);
    expect(trained).toMatchObject({ outcome: "OK", training: { trainer: "local", status: "Completed" } });
    const { output: evaluated } = await invoke("evaluate-model", trained);
    expect(evaluated).toMatchObject({ outcome: "OK" });
    const { output: registered } = await invoke("register-model", evaluated);
    expect(registered).toMatchObject({ step: "register" });
    const { output: deployed } = await invoke("deploy-model-endpoint", evaluated);
    expect(deployed).toMatchObject({ step: "deploy" });
    const { output: status } = await invoke("notify-training-status", [registered, deployed]);
    expect(status).toMatchObject({ modelId: "card-fraud", status: expect.stringMatching(/^[A-Z_]+$/) });
  });

  test("refuse a wrong event by the error's name", async () => {
    expect(await invoke("register-model", {})).toMatchObject({ error: "ContractViolationError", stdout: "" });
  });

  test("leave a line for CloudWatch on Lambda", async () => {
    const { stdout } = await invoke("register-model", {}, { AWS_LAMBDA_FUNCTION_NAME: "register-model" });
    expect(JSON.parse(stdout)).toMatchObject({ Task: "RegisterModel", Failures: 1, outcome: "ContractViolationError" });
  });

  test("name every variable that AWS needs and that is absent", async () => {
    const stopped = { ...item, outcome: "SKIPPED", stoppedAt: "ingest", error: "StaleDataError", reason: "old" };
    const answer = await invoke("preprocess-features", stopped, {
      RETRAIN_PROFILE: "aws",
      RETRAIN_RAW: "s3://payments",
    });
    expect(answer).toMatchObject({
      error: "Error",
      message: expect.stringMatching(/^RETRAIN_OBJECTS is absent.*RETRAIN_TABLE is absent.*SAGEMAKER_IMAGE is absent/),
    });
  });

  test("hold the starter of the monthly schedule, too", async () => {
    expect(await invoke("start-monthly-retraining", {}, { STATE_MACHINE_ARN: "arn" })).toMatchObject({
      error: "RangeError",
      message: expect.stringContaining("The event has no scheduledTime"),
    });
  });
});
