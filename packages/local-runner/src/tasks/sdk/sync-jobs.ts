/**
 * The jobs that `.sync` waits for: how one is looked at, when it is over, how it is stopped. What is shown of a
 * finished job is what the service itself is asked about it.
 * See the developer guide, "Integrating optimized services", and the pages of the single services there.
 */
import { isJsonObject, printJson } from "@stepwright/asl";
import type { JsonObject, JsonValue } from "@stepwright/asl";
import type { TaskFailed } from "../task-invoker.ts";

/** A call of the SDK, its members with capital letters. */
export interface SdkRequest {
  readonly action: string;
  readonly parameters: JsonObject;
}

export type JobState = "running" | "succeeded" | "failed";

/** @param started what the request answered; @param given the task's parameters */
type JobCall = (started: JsonObject, given: JsonObject) => SdkRequest;

export interface SyncJob {
  /** A request that was answered and yet started nothing. */
  readonly refusal?: (started: JsonObject) => TaskFailed | undefined;
  readonly look: JobCall;
  /** What of the answer is the job, and the task's output; all of it when absent. */
  readonly jobIn?: (answer: JsonObject) => JsonValue | undefined;
  readonly stateOf: (job: JsonObject) => JobState;
  /** When nobody waits any more. */
  readonly stop: JobCall | undefined;
}

/** By resource type and action. */
export const syncJobs: Readonly<Record<string, SyncJob>> = {
  "athena:startQueryExecution": {
    look: ({ QueryExecutionId = null }) => call("getQueryExecution", { QueryExecutionId }),
    stateOf: (answer) => state(member(member(answer["QueryExecution"], "Status"), "State")),
    stop: ({ QueryExecutionId = null }) => call("stopQueryExecution", { QueryExecutionId }),
  },
  "batch:submitJob": {
    look: ({ JobId = null }) => call("describeJobs", { Jobs: [JobId] }),
    jobIn: ({ Jobs }) => first(Jobs),
    stateOf: ({ Status }) => state(Status),
    stop: ({ JobId = null }) => call("terminateJob", { JobId, Reason: "Aborted by AWS Step Functions" }),
  },
  "codebuild:startBuild": {
    look: ({ Build }) => call("batchGetBuilds", { Ids: [member(Build, "Id")] }),
    jobIn({ Builds }) {
      const build = first(Builds);
      return build === undefined ? undefined : { Build: build };
    },
    stateOf: ({ Build }) => state(member(Build, "BuildStatus")),
    stop: ({ Build }) => call("stopBuild", { Id: member(Build, "Id") }),
  },
  "ecs:runTask": {
    refusal: (started) =>
      first(started["Failures"]) === undefined
        ? undefined
        : { status: "failed", error: "AmazonECS.Unknown", cause: printJson(started) },
    look: ({ Tasks }, given) =>
      call("describeTasks", { ...clusterOf(given), Tasks: [member(first(Tasks), "TaskArn")] }),
    jobIn: ({ Tasks }) => first(Tasks),
    stateOf: taskState,
    stop: ({ Tasks }, given) => call("stopTask", { ...clusterOf(given), Task: member(first(Tasks), "TaskArn") }),
  },
  "elasticmapreduce:addStep": {
    look: ({ StepId = null }, { ClusterId = null }) => call("describeStep", { ClusterId, StepId }),
    stateOf: ({ Step }) => state(member(member(Step, "Status"), "State")),
    stop: ({ StepId = null }, { ClusterId = null }) => call("cancelSteps", { ClusterId, StepIds: [StepId] }),
  },
  "glue:startJobRun": {
    look: ({ JobRunId = null }, { JobName = null }) => call("getJobRun", { JobName, RunId: JobRunId }),
    jobIn: ({ JobRun }) => JobRun,
    stateOf: ({ JobRunState }) => state(JobRunState),
    stop: ({ JobRunId = null }, { JobName = null }) => call("batchStopJobRun", { JobName, JobRunIds: [JobRunId] }),
  },
  "sagemaker:createHyperParameterTuningJob": sagemakerJob("HyperParameterTuningJob"),
  "sagemaker:createLabelingJob": sagemakerJob("LabelingJob"),
  "sagemaker:createProcessingJob": sagemakerJob("ProcessingJob"),
  "sagemaker:createTrainingJob": sagemakerJob("TrainingJob"),
  "sagemaker:createTransformJob": sagemakerJob("TransformJob"),
};

function sagemakerJob(kind: string): SyncJob {
  const name = `${kind}Name`;
  const named = (given: JsonObject): JsonObject => ({ [name]: given[name] ?? null });
  return {
    look: (_started, given) => call(`describe${kind}`, named(given)),
    stateOf: (job) => state(job[`${kind}Status`]),
    stop: (_started, given) => call(`stop${kind}`, named(given)),
  };
}

function call(action: string, parameters: JsonObject): SdkRequest {
  return { action, parameters };
}

function member(value: JsonValue | undefined, name: string): JsonValue {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name]! : null;
}

function first(values: JsonValue | undefined): JsonValue | undefined {
  return Array.isArray(values) ? (values as readonly JsonValue[])[0] : undefined;
}

function clusterOf({ Cluster }: JsonObject): JsonObject {
  return Cluster === undefined ? {} : { Cluster };
}

/** The words in which the services say that a job is over; any other means that it is not. */
const endings: Readonly<Record<string, JobState>> = {
  COMPLETED: "succeeded",
  SUCCEEDED: "succeeded",
  CANCELLED: "failed",
  ERROR: "failed",
  EXPIRED: "failed",
  FAILED: "failed",
  FAULT: "failed",
  INTERRUPTED: "failed",
  STOPPED: "failed",
  TIMED_OUT: "failed",
  TIMEOUT: "failed",
};

function state(status: JsonValue | undefined): JobState {
  const word = typeof status === "string" ? status.toUpperCase() : "";
  return Object.hasOwn(endings, word) ? endings[word]! : "running";
}

/** A task of ECS fails when a container does, or when it was stopped before any could. */
function taskState({ Containers, LastStatus }: JsonObject): JobState {
  if (LastStatus !== "STOPPED") return "running";
  const containers = Array.isArray(Containers) ? (Containers as readonly JsonValue[]) : [];
  return containers.length > 0 && containers.every((container) => member(container, "ExitCode") === 0)
    ? "succeeded"
    : "failed";
}
