/** What a published version of the serving function serves, as its environment says and as its description names it. */
import type { ServingVersion } from "../ports.ts";

export interface ServedVersion extends Pick<ServingVersion, "version" | "modelUri" | "modelSha256"> {
  readonly modelId: string;
}

/** `undefined` when one of the variables is absent. */
export function servedVersionIn(environment: Readonly<Record<string, string | undefined>>): ServedVersion | undefined {
  const { MODEL_ID, MODEL_VERSION, MODEL_URI, MODEL_SHA256 } = environment;
  if (!MODEL_ID || !MODEL_VERSION || !MODEL_URI || !MODEL_SHA256) return undefined;
  return { modelId: MODEL_ID, version: MODEL_VERSION, modelUri: MODEL_URI, modelSha256: MODEL_SHA256 };
}

export function environmentOf({ modelId, version, modelUri, modelSha256 }: ServedVersion): Record<string, string> {
  return { MODEL_ID: modelId, MODEL_VERSION: version, MODEL_URI: modelUri, MODEL_SHA256: modelSha256 };
}

/** Finds a version again, whoever published it. */
export function descriptionOf({ modelId, version, modelSha256 }: ServedVersion): string {
  return `${modelId} ${version} ${modelSha256}`;
}
