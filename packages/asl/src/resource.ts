/**
 * What a Task's `Resource` names: a Lambda function, an activity, an optimized integration or an AWS SDK call.
 * See https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html.
 */
import { parseArn } from "./arn.ts";
import type { Arn } from "./arn.ts";
import { optimizedIntegrations } from "./integrations.ts";
import type { IntegrationPattern } from "./integrations.ts";

export type TaskResource =
  | {
      readonly kind: "lambda";
      readonly partition: string;
      readonly region: string;
      readonly account: string;
      readonly functionName: string;
      /** A version or an alias. */
      readonly qualifier?: string;
    }
  | {
      readonly kind: "activity";
      readonly partition: string;
      readonly region: string;
      readonly account: string;
      readonly name: string;
    }
  | {
      /** `sdk` for `aws-sdk:<service>:<action>`. */
      readonly kind: "optimized" | "sdk";
      readonly partition: string;
      readonly service: string;
      readonly action: string;
      readonly pattern: IntegrationPattern;
      /** `.sync:2`, which gives a nested execution's output as JSON and not as text. */
      readonly parsedOutput?: true;
    };

const integrationPattern = /^(aws-sdk:)?([a-z0-9-]+):([A-Za-z0-9]+)(?:\.(sync|sync:2|waitForTaskToken))?$/;
const functionPattern = /^function:([A-Za-z0-9_-]{1,64})(?::(\$LATEST|[A-Za-z0-9_-]+))?$/;

/** @returns `undefined` for what the service would not recognize */
export function parseTaskResource(text: string): TaskResource | undefined {
  const arn = parseArn(text);
  if (arn === undefined) return undefined;
  if (arn.service === "lambda") return parseFunction(arn);
  if (arn.service !== "states") return undefined;
  // Region and account are left out of an integration's ARN, but the service accepts them.
  return arn.resource.startsWith("activity:") ? parseActivity(arn) : parseIntegration(arn);
}

function parseFunction({ partition, region, account, resource }: Arn): TaskResource | undefined {
  const match = functionPattern.exec(resource);
  if (match === null) return undefined;
  const [, functionName = "", qualifier] = match;
  return {
    kind: "lambda",
    partition,
    region,
    account,
    functionName,
    ...(qualifier === undefined ? {} : { qualifier }),
  };
}

function parseActivity({ partition, region, account, resource }: Arn): TaskResource | undefined {
  const name = /^activity:([^:]+)$/.exec(resource)?.[1];
  return name === undefined || region === "" || account === ""
    ? undefined
    : { kind: "activity", partition, region, account, name };
}

function parseIntegration({ partition, resource }: Arn): TaskResource | undefined {
  const match = integrationPattern.exec(resource);
  if (match === null) return undefined;
  const [, sdk, service = "", action = "", suffix] = match;
  const pattern =
    suffix === undefined ? "requestResponse" : suffix === "sync:2" ? "sync" : (suffix as IntegrationPattern);
  const parsedOutput = suffix === "sync:2" ? ({ parsedOutput: true } as const) : {};
  const found = { partition, service, action, pattern, ...parsedOutput };
  if (sdk !== undefined) return pattern === "sync" ? undefined : { kind: "sdk", ...found };
  return isOptimized(service, action, pattern) && (suffix !== "sync:2" || service === "states")
    ? { kind: "optimized", ...found }
    : undefined;
}

function isOptimized(service: string, action: string, pattern: IntegrationPattern): boolean {
  const actions = Object.hasOwn(optimizedIntegrations, service) ? optimizedIntegrations[service] : undefined;
  if (actions === undefined || !Object.hasOwn(actions, action)) return false;
  return actions[action]?.includes(pattern) ?? false;
}
