/**
 * A Lambda function that serves one model: the one that its environment names, which a published version keeps for
 * good. An alias for each model leads callers to a version, or to two by weight.
 *
 * It takes `{"instances": […]}` from `Invoke`, and the same, or CSV, as the body of a function URL.
 */
import { createPredictor } from "../learning/index.ts";
import { loadOnce } from "../load-once.ts";
import type { ObjectReader } from "../ports.ts";
import { readVerifiedModel } from "../verified-model.ts";
import { answerRows, readInstances, readRows } from "./invocation-body.ts";
import type { ServedModel } from "./invocation-body.ts";
import type { ServedVersion } from "./served-version.ts";
import { servedVersionIn } from "./served-version.ts";

export interface ModelServerOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly objects: () => Promise<ObjectReader>;
}

export interface Answered {
  readonly modelId: string;
  readonly modelVersion: string;
  readonly predictions: readonly { readonly score: number }[];
}

interface HttpEvent {
  readonly requestContext: object;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The model is read at the first event, and kept. */
export function modelServer(options: ModelServerOptions): (event: unknown) => Promise<Answered | HttpAnswer> {
  const loaded = loadOnce(() => load(options));
  return async (event) => {
    const { served, modelId } = await loaded();
    if (isHttp(event)) return answerHttp(served, event);
    const scores = scoresOf(served, readInstances(event, served.featureNames));
    return { modelId, modelVersion: served.version, predictions: scores.map((score) => ({ score })) };
  };
}

async function load({ environment, objects }: ModelServerOptions): Promise<ServedVersion & { served: ServedModel }> {
  const version = servedVersionIn(environment);
  if (version === undefined) {
    throw new Error(
      "MODEL_ID, MODEL_VERSION, MODEL_URI or MODEL_SHA256 is absent; wanted a published version that serves a model.",
    );
  }
  const model = await readVerifiedModel(await objects(), version);
  if (model.featureNames.length === 0)
    throw new Error(`${version.modelUri} does not name its features; wanted their names.`);
  const served = { version: version.version, featureNames: model.featureNames, predictor: createPredictor(model) };
  return { ...version, served };
}

function answerHttp(served: ServedModel, { headers = {}, body = "", isBase64Encoded = false }: HttpEvent): HttpAnswer {
  const type = (headers["content-type"] ?? "application/json").split(";")[0]?.trim() ?? "";
  const text = isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body;
  const read = readRows(type, text, served.featureNames);
  if ("problem" in read) {
    const answer = `${JSON.stringify({ message: read.problem })}\n`;
    return { statusCode: read.status, headers: { "content-type": "application/json" }, body: answer };
  }
  return {
    statusCode: 200,
    headers: { "content-type": type, "x-model-version": served.version },
    body: answerRows(type, scoresOf(served, read.rows)),
  };
}

function scoresOf({ predictor }: ServedModel, rows: readonly (readonly (number | null)[])[]): readonly number[] {
  return rows.map((row) => predictor.probability(row.map((value) => value ?? Number.NaN)));
}

function isHttp(event: unknown): event is HttpEvent {
  return typeof event === "object" && event !== null && Object.hasOwn(event, "requestContext");
}
