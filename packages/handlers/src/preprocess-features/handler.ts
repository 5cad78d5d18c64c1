import { portsFromEnvironment } from "../adapters/ports-from-environment.ts";
import { parsePreprocessFeaturesInput } from "./contract.generated.ts";
import { preprocessFeatures } from "./preprocess-features.ts";

export const handler = async (event: unknown) =>
  preprocessFeatures(portsFromEnvironment())(parsePreprocessFeaturesInput(event));
