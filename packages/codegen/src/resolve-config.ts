/** Checks a configuration, which its author may have written without the types. */
import { CodegenError } from "./codegen-error.ts";
import type {
  BudgetsConfig,
  BundleConfig,
  DeployConfig,
  FunctionInfrastructure,
  GraphsConfig,
  HandlersConfig,
  InfrastructureConfig,
  MachineInfrastructure,
  RunConfig,
  ServeConfig,
  ServedConnection,
  StepwrightConfig,
} from "./config.ts";

/** A configuration with every default filled in. */
export interface ResolvedConfig {
  readonly machines: readonly string[];
  readonly generatedDir: string;
  readonly handlers: Required<HandlersConfig>;
  readonly run: RunConfig;
  readonly graphs: Required<GraphsConfig>;
  readonly infrastructure: Required<InfrastructureConfig>;
  readonly bundle: Required<BundleConfig>;
  readonly budgets: BudgetsConfig;
  readonly deploy: DeployConfig;
  readonly serve: ServeConfig;
}

type Check = (value: unknown) => string | undefined;

const text: Check = (value) => (typeof value === "string" && value !== "" ? undefined : "a non-empty string");
const anyText: Check = (value) => (typeof value === "string" ? undefined : "a string");
const texts: Check = (value) =>
  Array.isArray(value) && value.length > 0 && value.every((item) => text(item) === undefined)
    ? undefined
    : "a list of at least one path";
const oneOf =
  (...allowed: readonly string[]): Check =>
  (value) =>
    allowed.includes(value as string) ? undefined : `one of ${allowed.map((word) => JSON.stringify(word)).join(", ")}`;

const aNumber = (least: number, most = Infinity): Check => {
  const wanted = most === Infinity ? `a number of at least ${least}` : `a number from ${least} to ${most}`;
  return (value) => (typeof value === "number" && value >= least && value <= most ? undefined : wanted);
};
/** AWS refuses what is no whole number, and not always before anything has changed. */
const aCount = (least: number, most = Infinity): Check => {
  const wanted = most === Infinity ? `a whole number of at least ${least}` : `a whole number from ${least} to ${most}`;
  return (value) => (Number.isInteger(value) && aNumber(least, most)(value) === undefined ? undefined : wanted);
};
const flag: Check = (value) => (typeof value === "boolean" ? undefined : "true or false");
const anything: Check = () => undefined;
const listOf =
  (check: Check): Check =>
  (value) => {
    const wrong = Array.isArray(value) ? value.map(check).find((problem) => problem !== undefined) : "";
    return wrong === undefined ? undefined : `a list${wrong === "" ? "" : ` whose items are ${wrong}`}`;
  };

/** Any keys, and each value of one shape. */
interface Entries<Each = Check | Shape> {
  readonly each: Each;
}

type Shape = { readonly [key: string]: Check | Shape | Entries };

/** A check or a shape for each key of the configuration's type: the compiler names the one that was forgotten. */
type ShapeOf<Config> = { readonly [Key in keyof Config]-?: CheckOf<NonNullable<Config[Key]>> };

type CheckOf<Value> =
  | Check
  | (Value extends readonly unknown[] ? never : Value extends object ? PartsOf<Value> : never);

type PartsOf<Value> = string extends keyof Value ? Entries<CheckOf<Value[keyof Value]>> : ShapeOf<Value>;

const entriesOf = <Each extends Check | Shape>(each: Each): Entries<Each> => ({ each });

const functionShape: ShapeOf<FunctionInfrastructure> = {
  memoryMb: aCount(128, 10_240),
  timeoutSeconds: aCount(1, 900),
  storageMb: aCount(512, 10_240),
  runtime: text,
  architecture: oneOf("arm64", "x86_64"),
  reservedConcurrency: aCount(0),
  layers: listOf(text),
  environment: entriesOf(anyText),
  statements: listOf((value) =>
    isRecord(value) && texts(value["actions"]) === undefined && texts(value["resources"]) === undefined
      ? undefined
      : "{ actions: […], resources: […] }",
  ),
};

const machineShape: ShapeOf<MachineInfrastructure> = {
  type: oneOf("STANDARD", "EXPRESS"),
  schedule: {
    expression: text,
    timezone: text,
    flexibleWindowMinutes: aCount(1, 1440),
    input: anything,
    function: text,
    start: text,
  },
  alias: {
    name: text,
    shift: oneOf("LINEAR", "CANARY", "ALL_AT_ONCE"),
    percentage: aCount(1, 99),
    intervalMinutes: aCount(1, 2100),
    alarms: listOf(text),
  },
  tracing: flag,
  logLevel: oneOf("ALL", "ERROR", "FATAL", "OFF"),
  resources: entriesOf(listOf(text)),
};

const connectionShape: ShapeOf<ServedConnection> = {
  headers: entriesOf(anyText),
  queryParameters: entriesOf(anyText),
};

const shape: ShapeOf<StepwrightConfig> = {
  machines: texts,
  generatedDir: text,
  handlers: { dir: text, importExtension: oneOf(".ts", ".js", "") },
  run: { time: oneOf("real", "virtual"), input: text },
  graphs: { formats: listOf(oneOf("mermaid", "dot", "svg")), dir: text },
  infrastructure: {
    formats: listOf(oneOf("policy", "sam", "terraform", "facts")),
    dir: text,
    machines: entriesOf(machineShape),
    functionDefaults: functionShape,
    functions: entriesOf({ ...functionShape, module: text }),
  },
  bundle: { dir: text, external: listOf(text), besides: listOf(text), minify: flag },
  budgets: {
    items: entriesOf(aNumber(0)),
    historyEvents: aNumber(1),
    transitions: aNumber(1),
    priceUsd: aNumber(0),
    durationSeconds: aNumber(0),
    payloadBytes: aNumber(1),
  },
  deploy: {
    machines: entriesOf({
      roleArn: text,
      substitutions: entriesOf(text),
      tags: entriesOf(text),
      logGroupArn: text,
      smoke: { input: anything, timeoutSeconds: aNumber(1) },
      bakeMinutes: aNumber(0),
      toleratedFailurePercentage: aNumber(0, 100),
      keepVersions: aCount(2),
      functions: { keepVersions: aCount(2) },
      schedule: { roleArn: text, targetArn: text, deadLetterArn: text },
    }),
  },
  serve: {
    tasks: entriesOf((value) =>
      isRecord(value) &&
      Object.keys(value).length === 1 &&
      (texts(value["command"]) === undefined || text(value["url"]) === undefined)
        ? undefined
        : "{ command: [program, …arguments] } or { url }",
    ),
    environment: entriesOf(anyText),
    services: { region: text, endpoint: text, endpoints: entriesOf(text), connections: entriesOf(connectionShape) },
  },
};

/**
 * Checks what a configuration file exported and fills in the defaults.
 *
 * @throws CodegenError `CONFIG_INVALID`, naming every wrong key at once
 */
export function resolveConfig(exported: unknown, file: string): ResolvedConfig {
  const problems = isRecord(exported)
    ? [...mismatches(exported, shape, ""), ...(Object.hasOwn(exported, "machines") ? [] : ["`machines` is missing"])]
    : [`the default export is ${describe(exported)}; wanted \`defineConfig({ machines: […] })\``];
  if (problems.length > 0) {
    throw new CodegenError("CONFIG_INVALID", `${file}: ${problems.join("; ")}`);
  }
  const config = exported as StepwrightConfig;
  const generatedDir = config.generatedDir ?? "generated";
  return {
    machines: config.machines,
    generatedDir,
    handlers: {
      dir: config.handlers?.dir ?? "src/handlers",
      importExtension: config.handlers?.importExtension ?? ".ts",
    },
    run: config.run ?? {},
    graphs: { formats: [], dir: generatedDir, ...config.graphs },
    infrastructure: {
      formats: [],
      dir: generatedDir,
      machines: {},
      functionDefaults: {},
      functions: {},
      ...config.infrastructure,
    },
    bundle: { dir: "dist/functions", external: [], besides: [], minify: true, ...config.bundle },
    budgets: config.budgets ?? {},
    deploy: { machines: {}, ...config.deploy },
    serve: config.serve ?? {},
  };
}

function mismatches(record: Record<string, unknown>, wanted: Shape, prefix: string): readonly string[] {
  return Object.entries(record).flatMap(([key, value]) => {
    const path = `${prefix}${key}`;
    const check = Object.hasOwn(wanted, key) ? wanted[key] : undefined;
    if (check === undefined) {
      return [`\`${path}\` is unknown; known are ${Object.keys(wanted).join(", ")}`];
    }
    if (value === undefined) {
      return [];
    }
    if (typeof check === "function") {
      const expected = check(value);
      return expected === undefined ? [] : [`\`${path}\` is ${describe(value)}; wanted ${expected}`];
    }
    return isRecord(value)
      ? mismatches(value, isEntries(check) ? sameForAll(value, check) : check, `${path}.`)
      : [`\`${path}\` is ${describe(value)}; wanted an object`];
  });
}

function isEntries(wanted: Shape | Entries): wanted is Entries {
  return "each" in wanted;
}

function sameForAll(record: Record<string, unknown>, { each }: Entries): Shape {
  return Object.fromEntries(Object.keys(record).map((key) => [key, each]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  return value === undefined ? "absent" : (JSON.stringify(value) ?? typeof value);
}
