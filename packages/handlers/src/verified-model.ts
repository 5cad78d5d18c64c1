import { PipelineError } from "./failures.ts";
import { readXgboostDocument } from "./learning/index.ts";
import type { BoostedTrees } from "./learning/index.ts";
import type { ObjectReader, ServingVersion } from "./ports.ts";
import { sha256 } from "./sha256.ts";

/** The model as it was written. @throws `ModelArtifactCorruptError` when the bytes are others, or no model */
export async function readVerifiedModel(
  objects: ObjectReader,
  { modelUri, modelSha256 }: Pick<ServingVersion, "modelUri" | "modelSha256">,
): Promise<BoostedTrees> {
  const bytes = await objects.read(modelUri);
  const found = sha256(bytes);
  if (found === modelSha256) return readXgboostDocument(bytes);
  throw new PipelineError(
    "ModelArtifactCorruptError",
    `The model ${modelUri} has the SHA-256 ${found}; wanted ${modelSha256}.`,
  );
}
