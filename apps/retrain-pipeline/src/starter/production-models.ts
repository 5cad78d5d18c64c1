import type { ModelCatalog } from "@stepwright/handlers";
import type { ManifestEntry } from "../retrain-v2.contracts.ts";

/** Models with what the catalog says of them. */
export function productionModels(modelIds: readonly string[], catalog: ModelCatalog): readonly ManifestEntry[] {
  return modelIds.map((modelId) => ({ modelId, tier: tierOf(catalog.find(modelId)?.materiality) }));
}

function tierOf(materiality: "high" | "medium" | "low" | undefined): ManifestEntry["tier"] {
  return materiality === "high" || materiality === "medium" ? "core" : "long-tail";
}
