/** The execution's input: made for a month from the catalog, or read from a file that somebody wrote. */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { RetrainBatch } from "./contracts.ts";
import { itemsOf } from "./starter/monthly-start.ts";

export type Batch = z.infer<typeof RetrainBatch>;

export interface RunIdentity {
  readonly runId: string;
  readonly asOf: string;
}

export interface GivenBatch {
  readonly batch: Batch;
  /** What all its models agree on. */
  readonly run: RunIdentity;
}

/** An input that cannot be used; the message names the place, what was found and what was wanted. */
export class BatchInputError extends Error {
  override readonly name = "BatchInputError";
}

/** @param asked  all that are known when empty */
export function chosenModels(asked: readonly string[], known: readonly string[]): readonly string[] {
  for (const modelId of asked) assertKnown(modelId, known, "--models");
  return asked.length === 0 ? known : asked;
}

export function batchOf(run: RunIdentity, modelIds: readonly string[]): Batch {
  return { models: itemsOf(run, modelIds, "manual") };
}

/** @throws BatchInputError when the file cannot be read, is not JSON, or does not fit the machine's input */
export async function readBatch(file: string, knownModels: readonly string[]): Promise<GivenBatch> {
  const parsed = RetrainBatch.safeParse(parseJson(await readText(file), file));
  if (!parsed.success)
    throw new BatchInputError(`${file} does not fit the machine's input:\n${z.prettifyError(parsed.error)}`);
  const [first, ...others] = parsed.data.models;
  if (first === undefined) throw new BatchInputError(`${file}: "models" is empty, wanted at least one model.`);
  parsed.data.models.forEach((item, index) =>
    assertKnown(item.modelId, knownModels, `${file}: models[${index}].modelId`),
  );
  const stray = others.find((item) => item.runId !== first.runId || item.asOf !== first.asOf);
  if (stray !== undefined) {
    throw new BatchInputError(
      `${file}: ${stray.modelId} is of run ${stray.runId} as of ${stray.asOf}, wanted one run for all: ` +
        `${first.runId} as of ${first.asOf}, as ${first.modelId} has it.`,
    );
  }
  return { batch: parsed.data, run: { runId: first.runId, asOf: first.asOf } };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new BatchInputError(`Cannot read the input file ${file}: ${(error as Error).message}`, { cause: error });
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BatchInputError(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

function assertKnown(modelId: string, knownModels: readonly string[], where: string): void {
  if (knownModels.includes(modelId)) return;
  throw new BatchInputError(`${where}: found the model "${modelId}", wanted one of ${knownModels.join(", ")}.`);
}
