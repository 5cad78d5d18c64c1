import { lambdaEntry } from "../lambda-entry.ts";
import { parseIngestTrainingDataInput } from "./contract.generated.ts";
import { ingestTrainingData } from "./ingest-training-data.ts";

export const handler = lambdaEntry({
  task: "IngestTrainingData",
  parse: parseIngestTrainingDataInput,
  step: ingestTrainingData,
});
