/** The models in production. */
import type { ModelCatalog } from "../ports.ts";
import type { ModelSpec } from "./model-spec.ts";

export const models: readonly ModelSpec[] = [];

export function modelCatalog(specs: readonly ModelSpec[] = models): ModelCatalog {
  return {
    modelIds: specs.map((spec) => spec.modelId),
    find: (modelId) => specs.find((spec) => spec.modelId === modelId),
  };
}
