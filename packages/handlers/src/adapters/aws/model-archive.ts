/** `model.tar.gz`: what SageMaker's XGBoost container leaves behind, and what it serves. */
import { gunzipSync, gzipSync } from "node:zlib";
import { PipelineError } from "../../failures.ts";
import type { ArtifactRef, ObjectStore, ServingVersion } from "../../ports.ts";

/** What a few bytes unpack to must not fill the memory; a thousand deep trees take a tenth of this. */
const mostArchiveBytes = 256 * 1024 * 1024;

/** The model that a training job saved: UBJSON since XGBoost 2.1, under a name without an extension. */
export async function readTrainedArchive(archive: Uint8Array, uri: string): Promise<Uint8Array> {
  const { parseTar } = await import("nanotar");
  let files;
  try {
    // A copy: the reader takes the whole of a buffer for the archive, and Node's buffers may share one.
    files = parseTar(Uint8Array.from(gunzipSync(archive, { maxOutputLength: mostArchiveBytes })));
  } catch (error) {
    throw new PipelineError("ModelArtifactCorruptError", `${uri} cannot be unpacked: ${String(error)}`, {
      cause: error,
    });
  }
  const model = files.find(({ name }) => name.replace(/^\.?\//, "") === "xgboost-model")?.data;
  if (model !== undefined) return model;
  const names = files.map(({ name }) => name).join(", ");
  throw new PipelineError("ModelArtifactCorruptError", `${uri} holds ${names || "nothing"}; wanted xgboost-model.`);
}

/**
 * The archive that the container hosts, made from a model document. It holds one file: the container takes several for
 * an ensemble. The same model gives the same bytes, so Register and Deploy may both make it.
 */
export async function keepServingArchive(
  objects: ObjectStore,
  { modelUri, modelSha256 }: Pick<ServingVersion, "modelUri" | "modelSha256">,
): Promise<ArtifactRef> {
  const { createTar } = await import("nanotar");
  const model = await objects.read(modelUri);
  const tar = createTar([{ name: "model.json", data: model, attrs: { mode: "644", mtime: 0, uid: 0, gid: 0 } }]);
  return objects.write(`serving/${modelSha256}/model.tar.gz`, gzipSync(tar));
}
