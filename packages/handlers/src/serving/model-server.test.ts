import { describe, expect, test } from "vitest";
import { goldenAnswers, goldenRows, readGolden } from "../../test/golden-model.ts";
import type { ObjectReader } from "../index.ts";
import { sha256 } from "../sha256.ts";
import { modelServer } from "./model-server.ts";

const document = readGolden("libxgboost-1.7.4.json");
const environment = {
  MODEL_ID: "card-fraud",
  MODEL_VERSION: "2026-09-a",
  MODEL_URI: "s3://runs/model.json",
  MODEL_SHA256: sha256(document),
};

let reads = 0;
const objects = async () => ({ read: async () => (reads++, document) }) as unknown as ObjectReader;
const serve = modelServer({ environment, objects });
const { probabilities } = goldenAnswers();
const [row = []] = goldenRows();
const names = ["amount", "hour", "n7", "n30", "noise"];

const call = (type: string, body: string, isBase64Encoded = false) =>
  serve({ requestContext: {}, headers: { "content-type": type }, body, isBase64Encoded });

describe("a function that serves a model", () => {
  test("scores rows by place and by name, and reads the model once", async () => {
    const byName = Object.fromEntries(names.map((name, place) => [name, row[place] ?? null]));
    const answer = await serve({ instances: [row, byName] });
    expect(answer).toMatchObject({ modelId: "card-fraud", modelVersion: "2026-09-a" });
    const [first, second] = "predictions" in answer ? answer.predictions : [];
    expect(first?.score).toBeCloseTo(probabilities[0] ?? -1, 6);
    expect(second).toEqual(first);
    await serve({ instances: [] });
    expect(reads).toBe(1);
  });

  test("answers a function URL in JSON and in CSV", async () => {
    const json = await call("application/json", JSON.stringify({ instances: [row] }));
    expect(json).toMatchObject({ statusCode: 200, headers: { "x-model-version": "2026-09-a" } });
    const csv = Buffer.from(row.map((cell) => cell ?? "").join(",")).toString("base64");
    expect(await call("text/csv; charset=utf-8", csv, true)).toMatchObject({
      statusCode: 200,
      body: expect.stringMatching(/^0\.\d+\n$/),
    });
    expect(await call("text/csv", "1,2")).toMatchObject({
      statusCode: 400,
      body: expect.stringContaining("expects 5"),
    });
    expect(await call("text/xml", "<a/>")).toMatchObject({ statusCode: 415 });
  });

  test("refuses an event without rows by name", async () => {
    await expect(serve({})).rejects.toThrow('The body has no list "instances".');
    await expect(serve({ instances: [[1]] })).rejects.toThrow("Row 0 has 1 values; the model expects 5.");
  });

  test("wants a version that says what it serves, and the model that was written", async () => {
    const unnamed = modelServer({ environment: { ...environment, MODEL_URI: undefined }, objects });
    await expect(unnamed({ instances: [] })).rejects.toThrow("wanted a published version that serves a model.");
    const other = modelServer({ environment: { ...environment, MODEL_SHA256: "0" }, objects });
    await expect(other({ instances: [] })).rejects.toMatchObject({ name: "ModelArtifactCorruptError" });
  });
});
