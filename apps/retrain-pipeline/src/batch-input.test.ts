import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BatchInputError, batchOf, chosenModels, readBatch } from "./batch-input.ts";

const known = ["card-fraud", "auth-decline"];
const item = {
  schemaVersion: 1,
  modelId: "card-fraud",
  runId: "2026-09",
  asOf: "2026-09-01T00:00:00Z",
  trigger: "manual",
};
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "stepwright-batch-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileWith(text: string): Promise<string> {
  const file = path.join(folder, "input.json");
  await writeFile(file, text);
  return file;
}

test("takes the models that are asked for, or all of the catalog", () => {
  expect(chosenModels([], known)).toEqual(known);
  expect(chosenModels(["auth-decline"], known)).toEqual(["auth-decline"]);
  expect(() => chosenModels(["card-frod"], known)).toThrow(
    '--models: found the model "card-frod", wanted one of card-fraud, auth-decline.',
  );
});

test("makes an item for each model", () => {
  const run = { runId: "2026-09", asOf: "2026-09-01T00:00:00Z" };
  expect(batchOf(run, ["auth-decline"]).models).toEqual([{ ...item, modelId: "auth-decline" }]);
});

test("reads a file that fits", async () => {
  expect(await readBatch(await fileWith(JSON.stringify({ models: [item] })), known)).toEqual({
    batch: { models: [item] },
    run: { runId: "2026-09", asOf: "2026-09-01T00:00:00Z" },
  });
});

test.each([
  ["not JSON", "{", /input\.json is not JSON/],
  ["a missing member", JSON.stringify({ models: [{ ...item, asOf: undefined }] }), /models\[0\]\.asOf/],
  [
    "an unknown model",
    JSON.stringify({ models: [{ ...item, modelId: "nobody" }] }),
    /models\[0\]\.modelId: found the model "nobody"/,
  ],
  ["no model", JSON.stringify({ models: [] }), /"models" is empty/],
  [
    "two runs at once",
    JSON.stringify({ models: [item, { ...item, modelId: "auth-decline", runId: "2026-10" }] }),
    /auth-decline is of run 2026-10 .* as card-fraud has it/,
  ],
])("refuses %s and names it", async (_, text, message) => {
  const reading = readBatch(await fileWith(text), known);
  await expect(reading).rejects.toThrow(BatchInputError);
  await expect(reading).rejects.toThrow(message);
});

test("says which file cannot be read", async () => {
  await expect(readBatch(path.join(folder, "absent.json"), known)).rejects.toThrow(
    /Cannot read the input file .*absent\.json/,
  );
});
