/** The real services, through the AWS SDK; each client is read when it is first needed. */
import type { DeployClients } from "../deploy-clients.ts";
import { DeployError, orAbsent } from "../deploy-error.ts";
import { askedOnce } from "../resolve-values.ts";
import type { ValueSources } from "../resolve-values.ts";

export interface ConnectOptions {
  /** Otherwise as the SDK finds it: AWS_REGION, the profile; us-east-1 for an endpoint on this machine. */
  readonly region?: string | undefined;
  /** Of the shared configuration; AWS_PROFILE when absent. */
  readonly profile?: string | undefined;
  /** Of another service that speaks for AWS, such as `http://127.0.0.1:8083`. */
  readonly endpoint?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Of one call, the first included; the SDK waits longer each time. 8 when absent, 3 for an endpoint on this machine. */
  readonly maxAttempts?: number;
}

export interface Connection {
  readonly region: string;
  /** An endpoint on this machine: no account is behind it. */
  readonly isLocal: boolean;
  readonly clients: DeployClients;
  readonly values: ValueSources;
}

/** @throws DeployError `NOT_CONNECTED` when no region can be found */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const { SFN } = await import("@aws-sdk/client-sfn");
  const isLocal = options.endpoint !== undefined && isLoopback(options.endpoint);
  const settings = settingsOf(options, isLocal);
  const states = new SFN(settings);
  const region = await regionOf(states);
  return {
    region,
    isLocal,
    clients: {
      states,
      schedules: lazily(async () => new (await import("@aws-sdk/client-scheduler")).Scheduler(settings)),
      functions: lazily(async () => new (await import("@aws-sdk/client-lambda")).Lambda(settings)),
      alarms: lazily(async () => new (await import("@aws-sdk/client-cloudwatch")).CloudWatch(settings)),
    },
    values: askedOnce(valueSources(settings, options.environment)),
  };
}

function settingsOf({ region, profile, endpoint, environment, maxAttempts }: ConnectOptions, isLocal: boolean) {
  const wantedRegion =
    region ?? (isLocal ? "us-east-1" : (environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"]));
  return {
    maxAttempts: maxAttempts ?? (isLocal ? 3 : 8),
    retryMode: "standard",
    ...(wantedRegion === undefined ? {} : { region: wantedRegion }),
    ...(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint, disableHostPrefix: true }),
    // Any will do: a real key has no business at an endpoint of this machine.
    ...(isLocal ? { credentials: { accessKeyId: "local", secretAccessKey: "local" } } : {}),
  };
}

function isLoopback(endpoint: string): boolean {
  const { hostname } = new URL(endpoint);
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

async function regionOf(client: { readonly config: { readonly region: () => Promise<string> } }): Promise<string> {
  try {
    return await client.config.region();
  } catch (error) {
    throw new DeployError(
      "NOT_CONNECTED",
      "Found no AWS region; wanted --region, AWS_REGION, or a region in the profile.",
      error,
    );
  }
}

type ClientSettings = ReturnType<typeof settingsOf>;

function valueSources(settings: ClientSettings, environment: ConnectOptions["environment"]): ValueSources {
  const parameters = lazily(async () => new (await import("@aws-sdk/client-ssm")).SSM(settings));
  const stacks = lazily(async () => new (await import("@aws-sdk/client-cloudformation")).CloudFormation(settings));
  return {
    environment: (name) => environment[name],
    async parameter(name) {
      // Not decrypted: a secret is only told by its type, and refused.
      const answer = await orAbsent((await parameters()).getParameter({ Name: name }), "ParameterNotFound");
      const { Type = "String", Value } = answer?.Parameter ?? {};
      return Value === undefined ? undefined : { type: Type, value: Value };
    },
    async stackOutputs(stack) {
      // CloudFormation's name for a stack that does not exist, and for nothing else in this call.
      const answer = await orAbsent((await stacks()).describeStacks({ StackName: stack }), "ValidationError");
      const [found] = answer?.Stacks ?? [];
      const outputs = (found?.Outputs ?? []).map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]);
      return found && Object.fromEntries(outputs);
    },
  };
}

function lazily<Client>(make: () => Promise<Client>): () => Promise<Client> {
  let made: Promise<Client> | undefined;
  return () => (made ??= make());
}
