/**
 * `aws-sdk:` and optimized integrations, done by the real clients of the AWS SDK for JavaScript, at AWS or at an
 * endpoint of your own. The clients are not dependencies of this package: install those that your machines use.
 */
import { setTimeout as delay } from "node:timers/promises";
import { isJsonObject, printJson } from "@stepwright/asl";
import type { JsonObject } from "@stepwright/asl";
import { MissingTaskError } from "../missing-task-error.ts";
import type { IntegrationTarget, TaskFailed, TaskInvoker, TaskReply, TaskRequest } from "../task-invoker.ts";
import { connect } from "./sdk-clients.ts";
import type { ResponseMetadata, SdkConnection, SdkModule } from "./sdk-clients.ts";
import { failedCall } from "./sdk-errors.ts";
import { optimizedCalls, sdkService } from "./sdk-services.ts";
import type { OptimizedCall, SdkService } from "./sdk-services.ts";
import { syncJobs } from "./sync-jobs.ts";
import type { SyncJob } from "./sync-jobs.ts";

export interface SdkTasksOptions {
  /** Of each client: `region`, `endpoint`, `credentials`, … */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Imports `@aws-sdk/client-…`; for clients that lie elsewhere. */
  readonly load?: (packageName: string) => Promise<SdkModule>;
  /** Answers what is no API call: Lambda functions of your own, activities. */
  readonly otherwise?: TaskInvoker;
  /** How long to wait before a `.sync` job is looked at again; 1000 when absent. */
  readonly pollIntervalMs?: number;
}

/**
 * A `.sync` task is started, looked at until it is over, and stopped when nobody waits for it any more.
 *
 * @throws MissingTaskError (from `invoke`) for an integration that is no API call or not known as a job, and for a
 *   client that is not installed
 * @example sdkTasks({ config: { region: "us-east-1", endpoint: "http://localhost:4566" }, otherwise: handlerInvoker(handlers) })
 */
export function sdkTasks(options: SdkTasksOptions = {}): TaskInvoker {
  const { config = {}, load = importClient, otherwise, pollIntervalMs = 1000 } = options;
  const connections = new Map<string, Promise<SdkConnection>>();
  const connectionOf = ({ service }: SdkCall, request: TaskRequest): Promise<SdkConnection> => {
    let connection = connections.get(service.client);
    if (connection === undefined) {
      connection = connect(service, config, load, request);
      connections.set(service.client, connection);
      // The next task is told for itself.
      connection.catch(() => connections.delete(service.client));
    }
    return connection;
  };
  return {
    invoke(request) {
      const call = callOf(request);
      if (call !== undefined) {
        return connectionOf(call, request).then((connection) => perform(call, request, connection, pollIntervalMs));
      }
      if (otherwise !== undefined) return otherwise.invoke(request);
      const give = "an invoker that does it; the SDK has no call for it.";
      throw new MissingTaskError(request, Object.keys(optimizedCalls), give);
    },
  };
}

async function importClient(packageName: string): Promise<SdkModule> {
  return (await import(packageName)) as SdkModule;
}

interface SdkCall {
  readonly target: IntegrationTarget;
  readonly service: SdkService;
  readonly optimized: OptimizedCall | undefined;
  /** Of `.sync`. */
  readonly job: SyncJob | undefined;
}

function callOf({ target }: TaskRequest): SdkCall | undefined {
  if (target.kind !== "integration") return undefined;
  const { action, pattern, resourceType } = target;
  if (resourceType.startsWith("aws-sdk:")) {
    const service = sdkService(resourceType.slice("aws-sdk:".length));
    return { target, service, optimized: undefined, job: undefined };
  }
  const name = `${resourceType}:${action}`;
  const optimized = Object.hasOwn(optimizedCalls, name) ? optimizedCalls[name] : undefined;
  const job = pattern === "sync" && Object.hasOwn(syncJobs, name) ? syncJobs[name] : undefined;
  if (optimized === undefined || (pattern === "sync" && job === undefined)) return undefined;
  return { target, service: sdkService(optimized.service), optimized, job };
}

async function perform(
  call: SdkCall,
  request: TaskRequest,
  connection: SdkConnection,
  pollIntervalMs: number,
): Promise<TaskReply> {
  const { job, optimized, service, target } = call;
  const given = isJsonObject(request.input) ? request.input : {};
  const parameters = optimized?.toParameters?.(given) ?? given;
  const isOptimized = optimized !== undefined;
  const words = { errorPrefix: (optimized ?? service).errorPrefix, isOptimized };
  try {
    const times = isOptimized ? "epochMs" : "text";
    const action = optimized?.action ?? target.action;
    const { metadata, result } = await connection.send({ action, parameters }, times, request);
    const shown = optimized?.toResult?.(result) ?? result;
    if (isFailure(shown)) return shown;
    const output = isOptimized ? { ...shown, ...shownMetadata(metadata) } : shown;
    if (job !== undefined) return await awaitJob(job, { started: output, given, connection, request, pollIntervalMs });
    return { status: target.pattern === "waitForTaskToken" ? "submitted" : "succeeded", output };
  } catch (thrown) {
    if (thrown instanceof MissingTaskError) throw thrown;
    return failedCall(thrown, words, connection);
  }
}

function isFailure(result: JsonObject | TaskFailed): result is TaskFailed {
  return result["status"] === "failed" && "error" in result;
}

/** Optimized integrations show how the request went. */
function shownMetadata({ httpStatusCode = 200, requestId = "" }: ResponseMetadata): JsonObject {
  return { SdkHttpMetadata: { HttpStatusCode: httpStatusCode }, SdkResponseMetadata: { RequestId: requestId } };
}

interface StartedJob {
  /** What the request answered: `TaskSubmitted`. */
  readonly started: JsonObject;
  readonly given: JsonObject;
  readonly connection: SdkConnection;
  readonly request: TaskRequest;
  readonly pollIntervalMs: number;
}

/** The failure of a job has its description as cause. */
async function awaitJob(
  job: SyncJob,
  { connection, given, pollIntervalMs, request, started }: StartedJob,
): Promise<TaskReply> {
  const refusal = job.refusal?.(started);
  if (refusal !== undefined) return { ...refusal, submittedOutput: started };
  const { signal } = request;
  request.submitted?.(started);
  try {
    for (;;) {
      const { result } = await connection.send(job.look(started, given), "epochMs", request);
      const found = job.jobIn === undefined ? result : job.jobIn(result);
      const described = isJsonObject(found) ? found : {};
      const state = job.stateOf(described);
      if (state === "succeeded") return { status: "succeeded", output: described, submittedOutput: started };
      if (state === "failed") {
        const cause = printJson(described);
        return { status: "failed", error: "States.TaskFailed", cause, submittedOutput: started };
      }
      await delay(pollIntervalMs, undefined, { signal });
    }
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
    // As the service does, at its best: nobody is left to be told that it did not work.
    const stop = job.stop?.(started, given);
    if (stop !== undefined) {
      await connection.send(stop, "epochMs", request, new AbortController().signal).catch(() => undefined);
    }
    return { status: "unanswered" };
  }
}
