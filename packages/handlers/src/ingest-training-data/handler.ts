import { portsFromEnvironment } from "../adapters/ports-from-environment.ts";
import type { IngestTrainingDataInput, IngestTrainingDataOutput } from "./contract.generated.ts";
import { ingestTrainingData } from "./ingest-training-data.ts";

export const handler = async (event: IngestTrainingDataInput): Promise<IngestTrainingDataOutput> =>
  ingestTrainingData(portsFromEnvironment())(event);
