/** Which models a month retrains. */
import type { AliasStore, ModelCatalog } from "@stepwright/handlers";
import type { ManifestEntry } from "../retrain-v2.contracts.ts";

/**
 * - `catalog`: every model that the handlers know, also one that never was deployed
 * - `champions`: every model that somebody is served by, whoever knows it
 */
export type ModelSource = "catalog" | "champions";

/** In an order that does not change, so that the same models are the same input. */
export async function productionModels(
  source: ModelSource,
  catalog: ModelCatalog,
  aliases: () => Promise<Pick<AliasStore, "champions">>,
): Promise<readonly ManifestEntry[]> {
  const modelIds = source === "catalog" ? catalog.modelIds : await (await aliases()).champions();
  return modelIds.map((modelId) => ({ modelId, tier: tierOf(catalog.find(modelId)?.materiality) }));
}

function tierOf(materiality: "high" | "medium" | "low" | undefined): ManifestEntry["tier"] {
  return materiality === "high" || materiality === "medium" ? "core" : "long-tail";
}
