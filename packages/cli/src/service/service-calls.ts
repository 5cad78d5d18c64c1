/** Integrations and SDK calls of the machines, done by the project's own AWS clients at the configured endpoints. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ServedServices } from "@stepwright/codegen";
import { httpTasks, sdkTasks } from "@stepwright/local-runner";
import type { HttpConnection, SdkModule, TaskInvoker, TaskRequest } from "@stepwright/local-runner";
import { valuesOf } from "./environment-of.ts";
import type { Environment } from "./environment-of.ts";

export interface ServiceCallsOptions {
  readonly services: ServedServices;
  /** Absolute; the clients are installed there. */
  readonly rootDir: string;
  readonly env: Environment;
  /** Whether a handler answers a Lambda function; the others are called at the endpoint, too. */
  readonly hasHandler: (functionName: string) => boolean;
  readonly otherwise: TaskInvoker;
}

export function serviceCalls({ hasHandler, otherwise, ...options }: ServiceCallsOptions): TaskInvoker {
  const invokers = new Map<string, TaskInvoker>();
  return {
    invoke(request) {
      const service = serviceOf(request);
      if (service === undefined || (service === "lambda" && hasHandler(functionNameOf(request)))) {
        return otherwise.invoke(request);
      }
      let invoker = invokers.get(service);
      if (invoker === undefined) {
        invoker = clientsOf(service, options, otherwise);
        invokers.set(service, invoker);
      }
      return invoker.invoke(request);
    },
  };
}

function serviceOf({ target }: TaskRequest): string | undefined {
  return target.kind === "integration" ? target.resourceType.replace(/^aws-sdk:/, "") : undefined;
}

function functionNameOf({ input }: TaskRequest): string {
  const { FunctionName: name } = input as { readonly FunctionName?: unknown };
  return typeof name === "string" ? name.replace(/^arn:.*:function:/, "").replace(/:[^:]*$/, "") : "";
}

function clientsOf(
  service: string,
  { env, rootDir, services }: Omit<ServiceCallsOptions, "hasHandler" | "otherwise">,
  otherwise: TaskInvoker,
): TaskInvoker {
  if (service === "http") return httpTasks({ connections: connectionsOf(services, env), otherwise });
  const { endpoints = {}, region = "us-east-1" } = services;
  const hasCredentials = ["AWS_ACCESS_KEY_ID", "AWS_PROFILE"].some((name) => env[name] !== undefined);
  const endpoint = Object.hasOwn(endpoints, service) ? endpoints[service] : services.endpoint;
  // An emulator asks for credentials and looks at none.
  const credentials = endpoint === undefined || hasCredentials ? {} : { credentials: localCredentials };
  return sdkTasks({
    config: { region, ...(endpoint === undefined ? {} : { endpoint }), ...credentials },
    load: (packageName) => importFrom(rootDir, packageName),
    otherwise,
  });
}

function connectionsOf({ connections = {} }: ServedServices, env: Environment): Record<string, HttpConnection> {
  return Object.fromEntries(
    Object.entries(connections).map(([name, { headers = {}, queryParameters = {} }]) => [
      name,
      { headers: valuesOf(headers, env), queryParameters: valuesOf(queryParameters, env) },
    ]),
  );
}

const localCredentials = { accessKeyId: "local", secretAccessKey: "local" };

async function importFrom(rootDir: string, packageName: string): Promise<SdkModule> {
  const file = createRequire(join(rootDir, "package.json")).resolve(packageName);
  return (await import(pathToFileURL(file).href)) as SdkModule;
}
