/**
 * Training by SageMaker: started or attached to, and waited for as long as the function may run.
 *
 * A job's name is its identity and SageMaker never gives a name twice, so a job that failed for want of machines would
 * block its own repetition: such a job is followed by one under the next number.
 */
import type {
  CreateTrainingJobCommandInput,
  DescribeTrainingJobCommandOutput,
  SageMaker,
} from "@aws-sdk/client-sagemaker";
import { PipelineError } from "../../failures.ts";
import { FeatureSchemaMismatchError, readXgboostDocument, resolveHyperParameters } from "../../learning/index.ts";
import type { DataEngine, ObjectStore, TrainedModel, Trainer, TrainingJob } from "../../ports.ts";
import { findTrainedModel, keepTrainedModel, readLabelledRows } from "../training-files.ts";
import { readTrainedArchive } from "./model-archive.ts";
import { tagsOf } from "./sagemaker.ts";
import type { ConnectSageMaker, SageMakerSettings } from "./sagemaker.ts";
import { isSdkError } from "./sdk-error.ts";
import { waitFor } from "./waiting.ts";
import type { Waiting } from "./waiting.ts";

export interface SageMakerTrainerOptions {
  readonly engine: DataEngine;
  readonly objects: ObjectStore;
  /** Where the objects lie, with a slash at its end. */
  readonly objectsUri: string;
  readonly connect: ConnectSageMaker;
  readonly settings: SageMakerSettings;
  readonly waiting: Waiting;
}

const pollEveryMs = 15_000;
/** A job's name has 61 characters at most; "-9" makes the 63 that SageMaker takes. */
const mostNumber = 9;

export function sageMakerTrainer(options: SageMakerTrainerOptions): Trainer {
  return { train: async (job) => (await findTrainedModel(options.objects, job.jobName)) ?? train(options, job) };
}

async function train(options: SageMakerTrainerOptions, job: TrainingJob): Promise<TrainedModel> {
  const { objects } = options;
  // The container refuses what we would, but a quarter of an hour later.
  resolveHyperParameters({ ...job.hyperParameters, seed: job.seed });
  const sageMaker = await options.connect();
  const name = await startOrAttach(options, sageMaker, job);
  const finished = await waitFor(options.waiting, pollEveryMs, async () => {
    const found = await sageMaker.describeTrainingJob({ TrainingJobName: name });
    return isUnderWay(found) ? undefined : found;
  });
  if (finished === undefined) {
    throw new PipelineError("TrainingJobStillRunning", `The training job ${name} runs on; wanted it to be finished.`);
  }
  assertCompleted(name, finished);
  const uri = finished.ModelArtifacts?.S3ModelArtifacts ?? "";
  const trees = readXgboostDocument(await readTrainedArchive(await objects.read(uri), uri));
  const { featureNames } = job;
  if (trees.featureCount !== featureNames.length) {
    throw new FeatureSchemaMismatchError(
      `${uri} was trained on ${trees.featureCount} features; wanted ${featureNames.length}.`,
    );
  }
  const validationRows = await readLabelledRows(options, job.validationUri);
  // The container reads Parquet as bare numbers; it does not know the columns' names.
  return keepTrainedModel(objects, job.jobName, { ...trees, featureNames }, validationRows, {
    trainer: "sagemaker",
    seconds: () => finished.TrainingTimeInSeconds ?? finished.BillableTimeInSeconds ?? 0,
  });
}

async function startOrAttach(
  options: SageMakerTrainerOptions,
  sageMaker: SageMaker,
  job: TrainingJob,
  number = 1,
): Promise<string> {
  const name = number === 1 ? job.jobName : `${job.jobName}-${number}`;
  try {
    await sageMaker.createTrainingJob(trainingRequest(options, job, name));
    return name;
  } catch (error) {
    if (isSdkError(error, "ResourceLimitExceeded")) {
      throw new PipelineError("TrainingCapacityUnavailable", `${name}: ${error.message}`, { cause: error });
    }
    if (!isSdkError(error, "ResourceInUse", "ResourceInUseException")) throw error;
  }
  const existing = await sageMaker.describeTrainingJob({ TrainingJobName: name });
  return number < mostNumber && mayPass(existing) ? startOrAttach(options, sageMaker, job, number + 1) : name;
}

function trainingRequest(
  { objectsUri, settings }: SageMakerTrainerOptions,
  job: TrainingJob,
  name: string,
): CreateTrainingJobCommandInput {
  return {
    TrainingJobName: name,
    AlgorithmSpecification: { TrainingImage: settings.image, TrainingInputMode: "File" },
    RoleArn: settings.roleArn,
    HyperParameters: hyperParametersOf(job),
    InputDataConfig: [channel("train", job.trainUri), channel("validation", job.validationUri)],
    OutputDataConfig: { S3OutputPath: `${objectsUri}jobs` },
    ResourceConfig: {
      InstanceType: settings.trainingInstanceType as "ml.m5.xlarge",
      InstanceCount: 1,
      VolumeSizeInGB: 30,
    },
    // A job must not outlive those who wait for it.
    StoppingCondition: { MaxRuntimeInSeconds: settings.trainingMaxRuntimeSeconds },
    EnableNetworkIsolation: true,
    Tags: tagsOf({ modelId: job.modelId, jobName: job.jobName }),
  };
}

/** All values are text; the container refuses a count of early stopping rounds of zero. */
function hyperParametersOf(job: TrainingJob): Record<string, string> {
  const given = Object.entries(job.hyperParameters).filter(
    ([name, value]) => name !== "early_stopping_rounds" || value > 0,
  );
  return {
    objective: "binary:logistic",
    eval_metric: "logloss",
    tree_method: "hist",
    seed: String(job.seed),
    ...Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
  };
}

type Described = Pick<DescribeTrainingJobCommandOutput, "TrainingJobStatus" | "SecondaryStatus" | "FailureReason">;

function isUnderWay({ TrainingJobStatus }: Described): boolean {
  return TrainingJobStatus === "InProgress" || TrainingJobStatus === "Stopping";
}

function mayPass({ TrainingJobStatus, FailureReason = "" }: Described): boolean {
  return TrainingJobStatus === "Failed" && /^(CapacityError|InternalServerError)\b/.test(FailureReason);
}

function assertCompleted(name: string, job: Described): void {
  if (job.TrainingJobStatus === "Completed") return;
  const why = job.FailureReason ?? job.SecondaryStatus ?? "no reason given";
  throw new PipelineError(
    mayPass(job) ? "TrainingCapacityUnavailable" : "TrainingJobFailed",
    `The training job ${name} ended as ${job.TrainingJobStatus}: ${why}`,
  );
}

const channel = (ChannelName: string, uri: string) => ({
  ChannelName,
  // The container's CSV takes an empty cell for a zero; in Parquet a null is a missing value.
  ContentType: "application/x-parquet",
  DataSource: {
    S3DataSource: { S3DataType: "S3Prefix", S3Uri: uri, S3DataDistributionType: "FullyReplicated" } as const,
  },
});
