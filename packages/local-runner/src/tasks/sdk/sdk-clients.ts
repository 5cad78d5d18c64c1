/** The clients of the AWS SDK for JavaScript, each imported and opened when the first task asks for it. */
import type { JsonObject } from "@stepwright/asl";
import { MissingTaskError } from "../missing-task-error.ts";
import type { TaskRequest } from "../task-invoker.ts";
import type { SdkService } from "./sdk-services.ts";
import { fromSdk, toSdk } from "./sdk-values.ts";
import type { ShownTimes } from "./sdk-values.ts";
import type { SdkRequest } from "./sync-jobs.ts";

export type SdkModule = Readonly<Record<string, unknown>>;

export interface SdkConnection {
  /**
   * @param task whose call it is
   * @param signal breaks the call off; the task's own when absent
   * @throws what the SDK throws; MissingTaskError for an action that the client does not have
   */
  send(request: SdkRequest, times: ShownTimes, task: TaskRequest, signal?: AbortSignal): Promise<SdkAnswer>;
  /** Whether the service's model has an error of this name. */
  knowsError(name: string): boolean;
}

export interface SdkAnswer {
  readonly result: JsonObject;
  readonly metadata: ResponseMetadata;
}

export interface ResponseMetadata {
  readonly httpStatusCode?: number;
  readonly requestId?: string;
  /** S3 only. */
  readonly extendedRequestId?: string;
  readonly attempts?: number;
}

interface SdkClient {
  send(command: object, options: { readonly abortSignal: AbortSignal }): Promise<object>;
}

/**
 * @param firstTask that wants it
 * @throws MissingTaskError when the client is not installed
 */
export async function connect(
  service: SdkService,
  config: Readonly<Record<string, unknown>>,
  load: (packageName: string) => Promise<SdkModule>,
  firstTask: TaskRequest,
): Promise<SdkConnection> {
  const packageName = `@aws-sdk/client-${service.client}`;
  const module = await load(packageName).catch((cause: unknown) => {
    throw new MissingTaskError(firstTask, [], `npm install ${packageName} (${(cause as Error).message}).`);
  });
  const [, Client] = Object.entries(module).find(([name]) => /^(?!Sdk|__).*Client$/.test(name)) ?? [];
  if (typeof Client !== "function") throw new TypeError(`${packageName} exports no client.`);
  // At an endpoint of one's own, a bucket is no host name.
  const settings = "endpoint" in config ? { forcePathStyle: true, ...config } : config;
  const client = new (Client as new (settings: object) => SdkClient)(settings);
  return {
    async send({ action, parameters }, times, task, signal = task.signal) {
      const commandName = `${action.charAt(0).toUpperCase()}${action.slice(1)}Command`;
      const Command = module[commandName];
      if (typeof Command !== "function") {
        throw new MissingTaskError(task, [], `${packageName} has no ${commandName}.`);
      }
      const command = new (Command as new (input: unknown) => object)(toSdk(parameters, service.isCamelCase));
      const response = await client.send(command, { abortSignal: signal });
      const result = (await fromSdk(response, service.isCamelCase, times)) ?? {};
      return {
        result: result as JsonObject,
        metadata: "$metadata" in response ? (response.$metadata as ResponseMetadata) : {},
      };
    },
    knowsError: (name) => typeof module[name] === "function",
  };
}
