import { modelCatalog } from "@stepwright/handlers";
import { planMonthlyStart } from "./monthly-start.ts";
import type { MonthlyStart } from "./monthly-start.ts";
import { productionModels } from "./production-models.ts";

/** What the starter starts at a time, for `stepwright run --at`: the models are those of the catalog. */
export default function scheduledStart(scheduledTime: string): Pick<MonthlyStart, "name" | "input"> {
  const catalog = modelCatalog();
  const models = productionModels(catalog.modelIds, catalog);
  const { name, input } = planMonthlyStart({ scheduledTime, models });
  return { name, input };
}
