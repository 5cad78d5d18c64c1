import { portsFromEnvironment } from "../adapters/ports-from-environment.ts";
import { parseIngestTrainingDataInput } from "./contract.generated.ts";
import { ingestTrainingData } from "./ingest-training-data.ts";

export const handler = async (event: unknown) =>
  ingestTrainingData(portsFromEnvironment())(parseIngestTrainingDataInput(event));
