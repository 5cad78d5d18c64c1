import { lambdaEntry } from "../lambda-entry.ts";
import { parsePreprocessFeaturesInput } from "./contract.generated.ts";
import { preprocessFeatures } from "./preprocess-features.ts";

export const handler = lambdaEntry({
  task: "PreprocessFeatures",
  parse: parsePreprocessFeaturesInput,
  step: preprocessFeatures,
});
