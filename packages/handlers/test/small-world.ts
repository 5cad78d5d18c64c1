/** A payment world of sixty customers, and models that are content with it: what the tests of the handlers stand on. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { ensureWorld, handlers, localPorts, modelCatalog } from "../src/index.ts";
import type { Chaos, Handlers, LocalPorts, RetrainItem, World } from "../src/index.ts";
import type { LocalPortsOptions } from "../src/adapters/local/local-ports.ts";
import { models } from "../src/models/catalog.ts";
import { parseStored } from "../src/stored-json.ts";
import type { ModelSpec } from "../src/models/model-spec.ts";

export const customers = 60;

/** A folder that is gone when the test file is done. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "stepwright-handlers-"));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export function smallWorld(home: string, chaos: readonly Chaos[] = [], runs = 1): Promise<World> {
  return ensureWorld({ home, customers, runs, chaos });
}

/** Few rows, few rounds, low floors; labels that may be days apart. */
export function smallModel(spec: ModelSpec): ModelSpec {
  return {
    ...spec,
    sources: spec.sources.map((source) => (source.role === "labels" ? { ...source, freshWithinHours: 600 } : source)),
    hyperParameters: { ...spec.hyperParameters, num_round: 25 },
    gate: { leastAuc: 0.55, leastPrauc: 0.01, mostEce: 0.2, praucMargin: 1 },
    leastPositives: 3,
    // With so few positives a good feature may part them all.
    mostSingleFeatureAuc: 1,
    labelRate: { least: 0, most: 0.5 },
  };
}

export const smallCatalog = modelCatalog(models.map((spec) => smallModel(spec)));

export interface Bench {
  readonly ports: LocalPorts;
  readonly run: Handlers;
}

/** Ports that are closed when the test file is done. */
export function bench(options: Pick<LocalPortsOptions, "home" | "world"> & Partial<LocalPortsOptions>): Bench {
  const ports = localPorts({ catalog: smallCatalog, ...options });
  afterAll(() => ports.close());
  return { ports, run: handlers(ports) };
}

export function itemOf(modelId: string, runId = "2026-09", overrides?: RetrainItem["overrides"]): RetrainItem {
  return {
    schemaVersion: 1,
    modelId,
    runId,
    asOf: `${runId}-01T00:00:00Z`,
    trigger: "manual",
    ...(overrides === undefined ? {} : { overrides }),
  };
}

/** What a branch of the pipeline does with one model, in its order. Every payload passes through JSON. */
export async function retrain(run: Handlers, item: RetrainItem) {
  const payloads: string[] = [];
  const pass = <Payload>(payload: Payload): Payload => {
    payloads.push(JSON.stringify(payload));
    return parseStored<Payload>(payloads.at(-1) ?? "");
  };
  const ingested = pass(await run.IngestTrainingData(pass(item)));
  const preprocessed = pass(await run.PreprocessFeatures(ingested));
  const trained = pass(await run.LaunchTrainingJob(preprocessed));
  const evaluated = pass(await run.EvaluateModel(trained));
  const [registered, deployed] = pass(
    await Promise.all([run.RegisterModel(evaluated), run.DeployModelEndpoint(evaluated)]),
  );
  const status = pass(await run.NotifyTrainingStatus([registered, deployed]));
  return { ingested, preprocessed, trained, evaluated, registered, deployed, status, payloads };
}
