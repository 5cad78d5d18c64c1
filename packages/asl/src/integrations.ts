/**
 * The optimized service integrations: which actions each service offers and in which patterns.
 * `aws-sdk` integrations are not listed: any service and action may follow it.
 * See https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html.
 */
export type IntegrationPattern = "requestResponse" | "sync" | "waitForTaskToken";

const request = ["requestResponse"] as const;
const job = ["requestResponse", "sync"] as const;
const callback = ["requestResponse", "waitForTaskToken"] as const;
const every = ["requestResponse", "sync", "waitForTaskToken"] as const;

type Actions = Readonly<Record<string, readonly IntegrationPattern[]>>;

export const optimizedIntegrations: Readonly<Record<string, Actions>> = {
  apigateway: { invoke: callback },
  athena: {
    startQueryExecution: job,
    stopQueryExecution: request,
    getQueryExecution: request,
    getQueryResults: request,
  },
  batch: { submitJob: job },
  bedrock: { invokeModel: callback, createModelCustomizationJob: job },
  codebuild: {
    startBuild: job,
    startBuildBatch: job,
    stopBuild: request,
    stopBuildBatch: request,
    retryBuildBatch: job,
    batchDeleteBuilds: request,
    batchGetReports: request,
    deleteBuildBatch: request,
  },
  databrew: { startJobRun: job },
  dynamodb: { getItem: request, putItem: request, deleteItem: request, updateItem: request },
  ecs: { runTask: every },
  eks: {
    call: request,
    createCluster: job,
    createFargateProfile: job,
    createNodegroup: job,
    deleteCluster: job,
    deleteFargateProfile: job,
    deleteNodegroup: job,
    runJob: every,
  },
  elasticmapreduce: {
    addStep: job,
    cancelStep: request,
    createCluster: job,
    modifyInstanceFleetByName: request,
    modifyInstanceGroupByName: request,
    setClusterTerminationProtection: request,
    terminateCluster: job,
  },
  "emr-containers": { createVirtualCluster: request, deleteVirtualCluster: job, startJobRun: job },
  "emr-serverless": {
    cancelJobRun: job,
    createApplication: job,
    deleteApplication: job,
    startApplication: job,
    startJobRun: job,
    stopApplication: job,
  },
  events: { putEvents: callback },
  glue: { startJobRun: job },
  http: { invoke: request },
  lambda: { invoke: callback },
  mediaconvert: { createJob: job },
  sagemaker: {
    createEndpoint: request,
    createEndpointConfig: request,
    createHyperParameterTuningJob: job,
    createLabelingJob: job,
    createModel: request,
    createProcessingJob: job,
    createTrainingJob: job,
    createTransformJob: job,
    updateEndpoint: request,
  },
  sns: { publish: callback },
  sqs: { sendMessage: callback },
  states: { startExecution: every },
};
