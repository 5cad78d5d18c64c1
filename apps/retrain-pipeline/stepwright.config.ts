import { defineConfig } from "stepwright";

const layers = ["${DuckDbLayerArn}"];

const objects = "arn:${Partition}:s3:::${ObjectsBucket}";
const raw = "arn:${Partition}:s3:::${RawBucket}";
const sageMaker = "arn:${Partition}:sagemaker:${Region}:${AccountId}";

// What the functions may do, as their handlers do it: packages/handlers/README.md, "Ports".
const ledger = {
  actions: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
  resources: ["arn:${Partition}:dynamodb:${Region}:${AccountId}:table/${TableName}"],
};
const ownObjects = { actions: ["s3:GetObject", "s3:PutObject"], resources: [`${objects}/retrain/*`] };
// Also lets a missing object be told from a forbidden one.
const listObjects = { actions: ["s3:ListBucket"], resources: [objects] };
const passRole = { actions: ["iam:PassRole"], resources: ["${SageMakerExecutionRoleArn}"] };
const everyStep = [ledger, ownObjects, listObjects];

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
        schedule: {
          expression: "cron(0 3 1 * ? *)",
          timezone: "UTC",
          flexibleWindowMinutes: 15,
          function: "StartMonthlyRetraining",
          start: "src/starter/scheduled-start.ts",
          input: { scheduledTime: "<aws.scheduler.scheduled-time>" },
        },
        tracing: true,
        logLevel: "ERROR",
      },
    },
    functionDefaults: {
      memoryMb: 256,
      timeoutSeconds: 60,
      environment: {
        RETRAIN_PROFILE: "aws",
        RETRAIN_RAW: "s3://${RawBucket}/raw",
        RETRAIN_OBJECTS: "s3://${ObjectsBucket}/retrain",
        RETRAIN_TABLE: "${TableName}",
        SAGEMAKER_ROLE_ARN: "${SageMakerExecutionRoleArn}",
        SAGEMAKER_IMAGE: "${XGBoostImageUri}",
        TOPIC_ARN: "${TopicArn}",
        EVENT_BUS_NAME: "default",
      },
    },
    functions: {
      // The heavy ones at most three at a time, as the Map runs them; DuckDB's binary comes with a layer.
      IngestTrainingData: {
        memoryMb: 4096,
        timeoutSeconds: 900,
        storageMb: 10_240,
        reservedConcurrency: 3,
        layers,
        statements: [
          ...everyStep,
          { actions: ["s3:ListBucket"], resources: [raw] },
          { actions: ["s3:GetObject"], resources: [`${raw}/raw/*`] },
        ],
      },
      PreprocessFeatures: {
        memoryMb: 8192,
        timeoutSeconds: 900,
        storageMb: 10_240,
        reservedConcurrency: 3,
        layers,
        statements: everyStep,
      },
      LaunchTrainingJob: {
        memoryMb: 8192,
        timeoutSeconds: 900,
        storageMb: 1024,
        reservedConcurrency: 3,
        layers,
        statements: [
          ...everyStep,
          {
            actions: ["sagemaker:CreateTrainingJob", "sagemaker:DescribeTrainingJob", "sagemaker:AddTags"],
            resources: [`${sageMaker}:training-job/*`],
          },
          passRole,
        ],
      },
      EvaluateModel: {
        memoryMb: 4096,
        timeoutSeconds: 900,
        storageMb: 2048,
        reservedConcurrency: 3,
        layers,
        statements: everyStep,
      },
      RegisterModel: {
        layers,
        statements: [
          ...everyStep,
          {
            actions: ["sagemaker:CreateModelPackageGroup", "sagemaker:CreateModelPackage", "sagemaker:AddTags"],
            resources: [`${sageMaker}:model-package-group/*`, `${sageMaker}:model-package/*`],
          },
        ],
      },
      DeployModelEndpoint: {
        memoryMb: 512,
        timeoutSeconds: 900,
        layers,
        statements: [
          ...everyStep,
          {
            actions: [
              "sagemaker:CreateModel",
              "sagemaker:CreateEndpointConfig",
              "sagemaker:CreateEndpoint",
              "sagemaker:UpdateEndpoint",
              "sagemaker:DescribeEndpoint",
              "sagemaker:DeleteEndpoint",
              "sagemaker:InvokeEndpoint",
              "sagemaker:AddTags",
            ],
            resources: [`${sageMaker}:model/*`, `${sageMaker}:endpoint-config/*`, `${sageMaker}:endpoint/*`],
          },
          passRole,
        ],
      },
      NotifyTrainingStatus: {
        layers,
        statements: [
          ledger,
          { actions: ["sns:Publish"], resources: ["${TopicArn}"] },
          {
            actions: ["events:PutEvents"],
            resources: ["arn:${Partition}:events:${Region}:${AccountId}:event-bus/default"],
          },
        ],
      },
      // What the schedule calls: src/starter.
      StartMonthlyRetraining: {
        module: "src/starter/handler.ts",
        environment: { STATE_MACHINE_ARN: "${BatchRetrainModelsStateMachineArn}:live" },
        statements: [
          {
            actions: ["states:StartExecution"],
            resources: ["${BatchRetrainModelsStateMachineArn}", "${BatchRetrainModelsStateMachineArn}:live"],
          },
          {
            actions: ["states:DescribeExecution"],
            resources: ["arn:${Partition}:states:${Region}:${AccountId}:execution:BatchRetrainModels:monthly-*"],
          },
        ],
      },
    },
  },
  // `stepwright deploy`: what the stack `retrain` of generated/infrastructure/template.yaml has made for it.
  deploy: {
    machines: {
      BatchRetrainModels: {
        roleArn: "cfn:retrain.BatchRetrainModelsStateMachineRoleArn",
        logGroupArn: "cfn:retrain.BatchRetrainModelsStateMachineLogArn",
        substitutions: {
          IngestTrainingDataFunctionArn: "cfn:retrain.IngestTrainingDataFunctionArn",
          PreprocessFeaturesFunctionArn: "cfn:retrain.PreprocessFeaturesFunctionArn",
          LaunchTrainingJobFunctionArn: "cfn:retrain.LaunchTrainingJobFunctionArn",
          EvaluateModelFunctionArn: "cfn:retrain.EvaluateModelFunctionArn",
          RegisterModelFunctionArn: "cfn:retrain.RegisterModelFunctionArn",
          DeployModelEndpointFunctionArn: "cfn:retrain.DeployModelEndpointFunctionArn",
          NotifyTrainingStatusFunctionArn: "cfn:retrain.NotifyTrainingStatusFunctionArn",
        },
        functions: { keepVersions: 10 },
        smoke: { input: { models: [] } },
        bakeMinutes: 30,
        keepVersions: 10,
        schedule: {
          roleArn: "cfn:retrain.BatchRetrainModelsStateMachineScheduleRoleArn",
          targetArn: "cfn:retrain.StartMonthlyRetrainingFunctionArn",
          deadLetterArn: "cfn:retrain.BatchRetrainModelsStateMachineMissedStartsArn",
        },
      },
    },
  },
});
