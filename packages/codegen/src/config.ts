/**
 * What `stepwright.config.ts` says. The configuration is plain data: it is loaded in a worker and crosses threads.
 * Imports nothing, because every configuration file imports this and nothing else of ours.
 */
/** Every path is relative to the folder of the configuration file and written with `/`. */
export interface StepwrightConfig {
  /** The modules whose default export is a machine: `["src/order.machine.ts"]`. */
  readonly machines: readonly string[];
  /** Where definitions, their source maps and the manifest go; `generated` when absent. */
  readonly generatedDir?: string;
  readonly handlers?: HandlersConfig;
  readonly run?: RunConfig;
  /** Pictures of every machine, drawn with everything else; none when absent. */
  readonly graphs?: GraphsConfig;
  /** Policies and templates of every machine; none when absent. */
  readonly infrastructure?: InfrastructureConfig;
  /** How `stepwright bundle` packs handlers. */
  readonly bundle?: BundleConfig;
  /** What an execution may cost at most; a machine that exceeds a threshold is an error. */
  readonly budgets?: BudgetsConfig;
  /** What `stepwright plan` and `deploy` bring to the account, besides what `infrastructure` says of each machine. */
  readonly deploy?: DeployConfig;
  /** Who does the work of `stepwright serve`, besides the handlers. */
  readonly serve?: ServeConfig;
}

export interface HandlersConfig {
  /** Each task has a folder here, named after it in kebab-case; `src/handlers` when absent. */
  readonly dir?: string;
  /** How a generated file names a sibling: `./contract.generated.ts`, `.js` or without extension; `.ts` when absent. */
  readonly importExtension?: ImportExtension;
}

export type ImportExtension = ".ts" | ".js" | "";

/** What `stepwright run` does unless its flags say otherwise. */
export interface RunConfig {
  /** `virtual` skips every wait; `real` when absent. */
  readonly time?: "real" | "virtual";
  /** A JSON file, the input of an execution that is started without `--input`. */
  readonly input?: string;
}

export interface GraphsConfig {
  readonly formats: readonly GraphFormat[];
  /** The folder of generated files when absent. */
  readonly dir?: string;
}

export type GraphFormat = "mermaid" | "dot" | "svg";

export interface InfrastructureConfig {
  readonly formats: readonly InfrastructureFormat[];
  /** The folder of generated files when absent. */
  readonly dir?: string;
  /** By state machine name. */
  readonly machines?: Readonly<Record<string, MachineInfrastructure>>;
  /** What every function has unless `functions` says otherwise. */
  readonly functionDefaults?: FunctionInfrastructure;
  /** By task name, or by a name of its own for a function with a `module`. */
  readonly functions?: Readonly<Record<string, NamedFunctionInfrastructure>>;
}

/**
 * - `policy`: the IAM policy of each machine, and a page that says which state needs which statement
 * - `sam`: `template.yaml` for AWS SAM
 * - `terraform`: `stepwright.tf.json`, a module that takes the functions' ARNs
 * - `facts`: `infrastructure.json`, for CDK and for tools of your own
 */
export type InfrastructureFormat = "policy" | "sam" | "terraform" | "facts";

export interface MachineInfrastructure {
  /** `STANDARD` when absent. */
  readonly type?: "STANDARD" | "EXPRESS";
  readonly schedule?: ScheduleInfrastructure;
  /** Each deployment publishes a version and moves this alias to it. */
  readonly alias?: AliasInfrastructure;
  /** Traces in X-Ray. */
  readonly tracing?: boolean;
  /** Logs in CloudWatch; `OFF` when absent. */
  readonly logLevel?: "ALL" | "ERROR" | "FATAL" | "OFF";
  /**
   * By state name: the ARNs that a state may touch which finds its resource at run time; `*` when absent.
   * `${Name}` stands for a substitution, and for `Partition`, `Region` and `AccountId`.
   */
  readonly resources?: Readonly<Record<string, readonly string[]>>;
}

export interface ScheduleInfrastructure {
  /** `cron(0 3 1 * ? *)`, `rate(1 day)` or `at(…)`, as EventBridge Scheduler reads it. */
  readonly expression: string;
  /** `UTC` when absent. */
  readonly timezone?: string;
  /** The start may come so many minutes late, 1 to 1440; exactly on time when absent. */
  readonly flexibleWindowMinutes?: number;
  /** The execution's input, or the function's event: any JSON. */
  readonly input?: unknown;
  /** The name in `functions` of what is called and starts the execution itself; the machine when absent. */
  readonly function?: string;
  /**
   * Says for `stepwright run --at` what that function starts: a module whose default export takes the scheduled time,
   * such as `2026-11-01T03:00:00Z`, and gives `{ name, input }` or a promise of it.
   */
  readonly start?: string;
}

export interface AliasInfrastructure {
  /** `live`, for instance. */
  readonly name: string;
  /** How executions move to a new version; all at once when absent. */
  readonly shift?: "LINEAR" | "CANARY" | "ALL_AT_ONCE";
  /** Of the executions that move at each step, 1 to 99; 10 when absent. */
  readonly percentage?: number;
  /** Between steps, 1 to 2100; 5 when absent. */
  readonly intervalMinutes?: number;
  /** Names, not ARNs, of CloudWatch alarms that roll the alias back. */
  readonly alarms?: readonly string[];
}

export interface FunctionInfrastructure {
  /** 128 to 10,240; 512 when absent. */
  readonly memoryMb?: number;
  /** 1 to 900; 60 when absent. */
  readonly timeoutSeconds?: number;
  /** Of `/tmp`, 512 to 10,240; 512 when absent. */
  readonly storageMb?: number;
  /** `nodejs22.x` when absent. */
  readonly runtime?: string;
  /** `arm64` when absent. */
  readonly architecture?: "arm64" | "x86_64";
  /** At most so many at once; the account's concurrency when absent. */
  readonly reservedConcurrency?: number;
  /** ARNs of layers; `${Name}` becomes a parameter of the template. */
  readonly layers?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** What the function may do besides writing its log. */
  readonly statements?: readonly FunctionStatement[];
}

export interface NamedFunctionInfrastructure extends FunctionInfrastructure {
  /**
   * Of a function that is no task's, such as one that a schedule calls: the module whose `handler` it runs.
   * `stepwright bundle` packs it with the others.
   */
  readonly module?: string;
}

export interface FunctionStatement {
  /** `s3:GetObject`. */
  readonly actions: readonly string[];
  /** ARNs, with `${Name}` as in `resources` of a machine; `${MachineNameStateMachineArn}` is that of a machine. */
  readonly resources: readonly string[];
}

export interface BundleConfig {
  /** `dist/functions` when absent; each task has a folder in it. */
  readonly dir?: string;
  /** Packages that stay outside because they are native or come with a layer: `["@duckdb/*"]`. */
  readonly external?: readonly string[];
  /**
   * Modules that a handler starts by their URL, such as `new Worker(new URL("./work.ts", import.meta.url))`: each is
   * bundled beside the handler under its own name.
   */
  readonly besides?: readonly string[];
  /** `true` when absent. */
  readonly minify?: boolean;
}

/** Thresholds of one execution at its worst: the longest way, every Retrier spent. One that is exceeded is an error. */
export interface BudgetsConfig {
  /** How many items a Map gets, by state name or, under `*`, every other Map that does not know its own; 1 when absent. */
  readonly items?: Readonly<Record<string, number>>;
  /** The service stops an execution at 25,000. */
  readonly historyEvents?: number;
  readonly transitions?: number;
  /** US dollars for state transitions, without what tasks cost themselves. */
  readonly priceUsd?: number;
  readonly durationSeconds?: number;
  /** Of the largest result that contracts bound; the service takes 262,144. */
  readonly payloadBytes?: number;
}

export interface DeployConfig {
  /** By state machine name. */
  readonly machines: Readonly<Record<string, MachineDeployment>>;
}

/**
 * Values may be text, or say where it stands: `env:NAME`, `ssm:/path/of/parameter`, `cfn:Stack.OutputKey`.
 * Type, alias, tracing, log level and schedule come from `infrastructure.machines`.
 */
export interface MachineDeployment {
  /** Of the execution role; needed unless the endpoint is on this machine. Its account is the machine's. */
  readonly roleArn?: string;
  /** What each `${Name}` of the definition stands for. */
  readonly substitutions?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** Of CloudWatch Logs, ending in `:*`; needed when `logLevel` is not `OFF`. */
  readonly logGroupArn?: string;
  /** An execution of the new version that must succeed before a caller gets it. */
  readonly smoke?: SmokeDeployment;
  /** After the last step of the shift the new version is watched for so long; 0 when absent. */
  readonly bakeMinutes?: number;
  /** Of the new version's finished executions so many percent may fail; 0 when absent. */
  readonly toleratedFailurePercentage?: number;
  /** The newest versions that stay, at least 2; all when absent. */
  readonly keepVersions?: number;
  /** Brings the code of the handlers to the functions, too; without it, functions are somebody else's. */
  readonly functions?: FunctionsDeployment;
  /** How the schedule starts; without it no schedule is deployed. */
  readonly schedule?: ScheduleDeployment;
}

/**
 * Each task's bundle goes to the function that its substitution names, and the definition gets the ARN of the version
 * published of it. A substitution that names a version or an alias itself is left alone, and so is its function.
 */
export interface FunctionsDeployment {
  /** The newest versions of each function that stay, at least 2; all when absent. */
  readonly keepVersions?: number;
}

export interface SmokeDeployment {
  /** Any JSON. */
  readonly input: unknown;
  /** 300 when absent. */
  readonly timeoutSeconds?: number;
}

export interface ScheduleDeployment {
  /** Lets EventBridge Scheduler start the target. */
  readonly roleArn: string;
  /** A function that starts the machine; the machine's alias when absent. */
  readonly targetArn?: string;
  /** An SQS queue for what could not be started. */
  readonly deadLetterArn?: string;
}

/** Of `stepwright serve`, and of `run` too. Text may be `env:NAME`: what stands in the environment of the command. */
export interface ServeConfig {
  /** By task name: a program or an endpoint in the place of the handler's module. */
  readonly tasks?: Readonly<Record<string, ServedTask>>;
  /**
   * All that handlers and programs see of an environment, besides where programs and temporary files lie. In `run`
   * programs see it and the command's own, handlers the command's own alone.
   */
  readonly environment?: Readonly<Record<string, string>>;
  /** Where `aws-sdk:` and optimized integrations go; they fail when absent, and `{}` means AWS itself. */
  readonly services?: ServedServices;
}

/** One of the two. */
export interface ServedTask {
  /**
   * A program and its arguments: it reads the event from standard input and writes the result to standard output. Its
   * working directory is the folder of the configuration file.
   */
  readonly command?: readonly string[];
  /** The event is posted as JSON, the response's JSON is the result. */
  readonly url?: string;
}

export interface ServedServices {
  /** `us-east-1` when absent. */
  readonly region?: string;
  /** Of every service that `endpoints` does not name: `http://localhost:4566`. */
  readonly endpoint?: string;
  /** By the service's name in a Resource: `{ dynamodb: "http://localhost:8000" }`. */
  readonly endpoints?: Readonly<Record<string, string>>;
  /** What the EventBridge connections of HTTP Tasks (`http:invoke`) add to a request, by the connection's name. */
  readonly connections?: Readonly<Record<string, ServedConnection>>;
}

export interface ServedConnection {
  readonly headers?: Readonly<Record<string, string>>;
  readonly queryParameters?: Readonly<Record<string, string>>;
}

/**
 * Gives a `stepwright.config.ts` its types.
 *
 * @example export default defineConfig({ machines: ["src/order.machine.ts"], handlers: { dir: "src/handlers" } });
 */
export function defineConfig(config: StepwrightConfig): StepwrightConfig {
  return config;
}
