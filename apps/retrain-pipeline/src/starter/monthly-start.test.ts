import { expect, test } from "vitest";
import { RetrainBatch } from "../contracts.ts";
import type { ManifestEntry } from "../retrain-v2.contracts.ts";
import { mostInlineModels, planMonthlyStart } from "./monthly-start.ts";
import { startMonthly } from "./start-monthly.ts";
import type { StarterPorts } from "./start-monthly.ts";

const modelsOf = (count: number): readonly ManifestEntry[] =>
  Array.from({ length: count }, (_, index) => ({ modelId: `model-${index}`, tier: "core" }));

const planOf = (count: number, scheduledTime = "2026-11-01T03:00:00Z") =>
  planMonthlyStart({ scheduledTime, models: modelsOf(count), manifestBucket: "lake" });

test("a month's models become the first pipeline's input", () => {
  const start = planOf(2);
  const common = { schemaVersion: 1, runId: "2026-11", asOf: "2026-11-01T00:00:00Z", trigger: "schedule" };
  expect(start).toEqual({
    kind: "items",
    name: "monthly-2026-11",
    input: {
      models: [
        { ...common, modelId: "model-0" },
        { ...common, modelId: "model-1" },
      ],
    },
  });
  expect(RetrainBatch.safeParse(start.input).success).toBe(true);
});

test("a start that comes late is of the month for which it was scheduled, in UTC", () => {
  expect(planOf(1, "2026-11-30T23:59:59Z").name).toBe("monthly-2026-11");
  expect(planOf(1, "2026-12-01T00:30:00+01:00").name).toBe("monthly-2026-11");
});

test("too many models for one history go through a manifest", () => {
  expect(planOf(mostInlineModels).kind).toBe("items");
  const start = planOf(mostInlineModels + 1);
  expect(start).toMatchObject({
    kind: "manifest",
    name: "monthly-2026-11",
    input: {
      manifest: { bucket: "lake", key: "manifests/2026-11.json" },
      runId: "2026-11",
      asOf: "2026-11-01T00:00:00Z",
    },
  });
  const lines = start.kind === "manifest" ? start.manifest.trimEnd().split("\n") : [];
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(modelsOf(mostInlineModels + 1));
});

test("nothing to retrain, or no time, is refused", () => {
  expect(() => planOf(0)).toThrow("Found no production models; wanted at least one to retrain.");
  expect(() => planOf(1, "soon")).toThrow('scheduledTime is "soon"; wanted a time such as 2026-11-01T03:00:00Z.');
});

test("the manifest is there before the execution, and a second delivery starts nothing", async () => {
  const done: string[] = [];
  const ports: StarterPorts = {
    writeObject: async ({ bucket, key }) => void done.push(`${bucket}/${key}`),
    startExecution: async ({ stateMachineArn, name }) => {
      if (done.includes(`${stateMachineArn} ${name}`)) {
        throw Object.assign(new Error("Execution Already Exists"), { name: "ExecutionAlreadyExists" });
      }
      done.push(`${stateMachineArn} ${name}`);
    },
  };
  const targets = { items: "v1:live", manifest: "v2:live" };
  const start = planOf(mostInlineModels + 1);
  expect(await startMonthly(start, targets, ports)).toBe("started");
  expect(await startMonthly(start, targets, ports)).toBe("was there");
  expect(await startMonthly(planOf(1), targets, ports)).toBe("started");
  expect(done).toEqual([
    "lake/manifests/2026-11.json",
    "v2:live monthly-2026-11",
    "lake/manifests/2026-11.json",
    "v1:live monthly-2026-11",
  ]);
  const broken = { ...ports, startExecution: async () => Promise.reject(new Error("throttled")) };
  await expect(startMonthly(planOf(1), targets, broken)).rejects.toThrow("throttled");
});
