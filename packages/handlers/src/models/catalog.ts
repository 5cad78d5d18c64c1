/** The models in production. */
import type { ModelCatalog } from "../ports.ts";
import { authDecline } from "./auth-decline.ts";
import { cardFraud } from "./card-fraud.ts";
import { chargebackRisk } from "./chargeback-risk.ts";
import { merchantChurn } from "./merchant-churn.ts";
import type { ModelSpec } from "./model-spec.ts";

export const models: readonly ModelSpec[] = [cardFraud, chargebackRisk, authDecline, merchantChurn];

export function modelCatalog(specs: readonly ModelSpec[] = models): ModelCatalog {
  return {
    modelIds: specs.map((spec) => spec.modelId),
    find: (modelId) => specs.find((spec) => spec.modelId === modelId),
  };
}
