import { defineConfig } from "stepwright";

const layers = ["${DuckDbLayerArn}"];

export default defineConfig({
  machines: ["src/batch-retrain.machine.ts"],
  generatedDir: "generated",
  handlers: { dir: "../../packages/handlers/src", importExtension: ".ts" },
  graphs: { formats: ["svg"], dir: "docs" },
  // As many models as one execution's history holds when every task needs all its retries.
  budgets: { items: { BatchRetrainModels: 300 }, historyEvents: 25_000, priceUsd: 0.25 },
  bundle: { external: ["@duckdb/*"], besides: ["../../packages/handlers/src/learning/training-worker.ts"] },
  infrastructure: {
    dir: "generated/infrastructure",
    formats: ["policy", "sam", "terraform", "facts"],
    machines: {
      BatchRetrainModels: {
        alias: { name: "live", shift: "CANARY", percentage: 10, intervalMinutes: 10 },
        tracing: true,
        logLevel: "ERROR",
      },
    },
    functionDefaults: { memoryMb: 256, timeoutSeconds: 60 },
    functions: {
      // The heavy ones at most three at a time, as the Map runs them; DuckDB's binary comes with a layer.
      IngestTrainingData: { memoryMb: 4096, timeoutSeconds: 900, storageMb: 10_240, reservedConcurrency: 3, layers },
      PreprocessFeatures: { memoryMb: 8192, timeoutSeconds: 900, storageMb: 10_240, reservedConcurrency: 3, layers },
      LaunchTrainingJob: { memoryMb: 8192, timeoutSeconds: 900, storageMb: 1024, reservedConcurrency: 3, layers },
      EvaluateModel: { memoryMb: 4096, timeoutSeconds: 900, storageMb: 2048, reservedConcurrency: 3, layers },
      DeployModelEndpoint: { memoryMb: 512, timeoutSeconds: 900, layers },
      RegisterModel: { layers },
      NotifyTrainingStatus: { layers },
    },
  },
});
