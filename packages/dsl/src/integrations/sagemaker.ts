/**
 * SageMaker's jobs and endpoints. A `…Sync` action ends when the job does, and gives the job as it then is.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 */
import { integration } from "../integration.ts";

export type SageMakerErrorName = "SageMaker.AmazonSageMakerException" | "SageMaker.ResourceLimitExceededException";

interface Tagged {
  Tags?: { Key: string; Value: string }[];
}

export interface SageMakerChannel {
  ChannelName: string;
  DataSource: {
    S3DataSource: { S3DataType: string; S3Uri: string; S3DataDistributionType?: string };
  };
  ContentType?: string;
  CompressionType?: string;
  InputMode?: string;
}

export interface CreateTrainingJob extends Tagged {
  TrainingJobName: string;
  RoleArn: string;
  AlgorithmSpecification: {
    TrainingImage?: string;
    AlgorithmName?: string;
    TrainingInputMode: string;
    MetricDefinitions?: { Name: string; Regex: string }[];
  };
  /** Every value is a string. */
  HyperParameters?: { [name: string]: string };
  InputDataConfig?: SageMakerChannel[];
  OutputDataConfig: { S3OutputPath: string; KmsKeyId?: string };
  ResourceConfig: { InstanceType: string; InstanceCount: number; VolumeSizeInGB: number };
  StoppingCondition: { MaxRuntimeInSeconds?: number; MaxWaitTimeInSeconds?: number };
  EnableManagedSpotTraining?: boolean;
  EnableNetworkIsolation?: boolean;
  CheckpointConfig?: { S3Uri: string; LocalPath?: string };
  Environment?: { [name: string]: string };
  VpcConfig?: { SecurityGroupIds: string[]; Subnets: string[] };
}

/** What `DescribeTrainingJob` says of a finished job. */
export interface TrainingJob {
  TrainingJobName: string;
  TrainingJobArn: string;
  TrainingJobStatus: string;
  SecondaryStatus?: string;
  ModelArtifacts: { S3ModelArtifacts: string };
  FinalMetricDataList?: { MetricName: string; Value: number; Timestamp: number }[];
  BillableTimeInSeconds: number;
  TrainingTimeInSeconds: number;
}

/** The training job's definition without what the tuning decides: its name and the parameters in the ranges. */
export interface CreateTuningJob extends Tagged {
  HyperParameterTuningJobName: string;
  HyperParameterTuningJobConfig: {
    /** `Bayesian`, `Random`, `Hyperband` or `Grid`. */
    Strategy: string;
    HyperParameterTuningJobObjective?: { Type: "Maximize" | "Minimize"; MetricName: string };
    ResourceLimits: { MaxNumberOfTrainingJobs?: number; MaxParallelTrainingJobs: number };
    ParameterRanges?: {
      IntegerParameterRanges?: NumericRange[];
      ContinuousParameterRanges?: NumericRange[];
      CategoricalParameterRanges?: { Name: string; Values: string[] }[];
    };
  };
  TrainingJobDefinition?: {
    StaticHyperParameters?: { [name: string]: string };
    AlgorithmSpecification: CreateTrainingJob["AlgorithmSpecification"];
    RoleArn: string;
    InputDataConfig?: SageMakerChannel[];
    OutputDataConfig: { S3OutputPath: string; KmsKeyId?: string };
    ResourceConfig?: CreateTrainingJob["ResourceConfig"];
    StoppingCondition: CreateTrainingJob["StoppingCondition"];
  };
}

/** Bounds travel as text. */
interface NumericRange {
  Name: string;
  MinValue: string;
  MaxValue: string;
  ScalingType?: string;
}

/** What `DescribeHyperParameterTuningJob` says of a finished job. */
export interface TuningJob {
  HyperParameterTuningJobName: string;
  HyperParameterTuningJobArn: string;
  HyperParameterTuningJobStatus: string;
  BestTrainingJob?: {
    TrainingJobName: string;
    TrainingJobArn: string;
    TrainingJobStatus: string;
    TunedHyperParameters: { [name: string]: string };
    FinalHyperParameterTuningJobObjectiveMetric?: { MetricName: string; Value: number };
  };
}

export interface CreateProcessingJob extends Tagged {
  ProcessingJobName: string;
  RoleArn: string;
  AppSpecification: { ImageUri: string; ContainerEntrypoint?: string[]; ContainerArguments?: string[] };
  ProcessingResources: {
    ClusterConfig: { InstanceType: string; InstanceCount: number; VolumeSizeInGB: number };
  };
  Environment?: { [name: string]: string };
  StoppingCondition?: { MaxRuntimeInSeconds: number };
}

export interface ProcessingJob {
  ProcessingJobName: string;
  ProcessingJobArn: string;
  ProcessingJobStatus: string;
  ExitMessage?: string;
}

export interface CreateTransformJob extends Tagged {
  TransformJobName: string;
  ModelName: string;
  TransformInput: { DataSource: { S3DataSource: { S3DataType: string; S3Uri: string } }; ContentType?: string };
  TransformOutput: { S3OutputPath: string; Accept?: string; AssembleWith?: string };
  TransformResources: { InstanceType: string; InstanceCount: number };
}

export interface TransformJob {
  TransformJobName: string;
  TransformJobArn: string;
  TransformJobStatus: string;
}

export interface CreateModel extends Tagged {
  ModelName: string;
  ExecutionRoleArn: string;
  PrimaryContainer?: { Image: string; ModelDataUrl?: string; Environment?: { [name: string]: string } };
}

export interface CreateEndpointConfig extends Tagged {
  EndpointConfigName: string;
  ProductionVariants: {
    VariantName: string;
    ModelName: string;
    InstanceType?: string;
    InitialInstanceCount?: number;
    InitialVariantWeight?: number;
  }[];
}

export interface EndpointRequest {
  EndpointName: string;
  EndpointConfigName: string;
}

const errors: readonly SageMakerErrorName[] = [
  "SageMaker.AmazonSageMakerException",
  "SageMaker.ResourceLimitExceededException",
];

const action = <Request, Response>() => {
  return <const Action extends string>(name: Action) =>
    integration<`sagemaker:${Action}`, Request, Response, SageMakerErrorName>(`sagemaker:${name}`, errors);
};

export const sagemaker = Object.freeze({
  createTrainingJob: action<CreateTrainingJob, { TrainingJobArn: string }>()("createTrainingJob"),
  createTrainingJobSync: action<CreateTrainingJob, TrainingJob>()("createTrainingJob.sync"),
  createHyperParameterTuningJob: action<CreateTuningJob, { HyperParameterTuningJobArn: string }>()(
    "createHyperParameterTuningJob",
  ),
  createHyperParameterTuningJobSync: action<CreateTuningJob, TuningJob>()("createHyperParameterTuningJob.sync"),
  createProcessingJob: action<CreateProcessingJob, { ProcessingJobArn: string }>()("createProcessingJob"),
  createProcessingJobSync: action<CreateProcessingJob, ProcessingJob>()("createProcessingJob.sync"),
  createTransformJob: action<CreateTransformJob, { TransformJobArn: string }>()("createTransformJob"),
  createTransformJobSync: action<CreateTransformJob, TransformJob>()("createTransformJob.sync"),
  createModel: action<CreateModel, { ModelArn: string }>()("createModel"),
  createEndpointConfig: action<CreateEndpointConfig, { EndpointConfigArn: string }>()("createEndpointConfig"),
  createEndpoint: action<EndpointRequest & Tagged, { EndpointArn: string }>()("createEndpoint"),
  updateEndpoint: action<EndpointRequest, { EndpointArn: string }>()("updateEndpoint"),
});
