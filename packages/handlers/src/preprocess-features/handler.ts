import { portsFromEnvironment } from "../adapters/ports-from-environment.ts";
import type { PreprocessFeaturesInput, PreprocessFeaturesOutput } from "./contract.generated.ts";
import { preprocessFeatures } from "./preprocess-features.ts";

export const handler = async (event: PreprocessFeaturesInput): Promise<PreprocessFeaturesOutput> =>
  preprocessFeatures(portsFromEnvironment())(event);
