/**
 * Cases of kind `api`: calls in their order against a service of their own, each answer compared with the recorded one.
 */
import { setTimeout as delay } from "node:timers/promises";
import { isJsonObject, parseDefinitionText } from "../../packages/asl/src/index.ts";
import type { JsonObject, JsonValue } from "../../packages/asl/src/index.ts";
import { ServiceError, StepFunctionsService } from "../../packages/local-runner/src/api/index.ts";
import { memoryObjects } from "../../packages/local-runner/src/index.ts";
import type { TaskReply } from "../../packages/local-runner/src/index.ts";
import type { CaseOutcome, ConformanceCase, Difference } from "./case.ts";
import { differencesBetween, normalise } from "./compare.ts";

interface ApiCase extends ConformanceCase {
  readonly steps: readonly ApiStep[];
}

interface ApiStep {
  readonly n: number;
  /** `create_state_machine`; of Step Functions when there is no `service`. */
  readonly op: string;
  readonly service?: string;
  readonly params: JsonObject;
  /** Parts of the parameters that come from earlier answers: `{ "tags.0.value": "${2:arn}" }`. */
  readonly bindings?: Readonly<Record<string, string>>;
  readonly recorded?: readonly RecordedAnswer[];
}

interface RecordedAnswer {
  readonly key: string;
  /** Which part of the answer was recorded. */
  readonly responsePath?: readonly (string | number)[];
  readonly value: JsonValue;
}

const recordedAccount = "111111111111";
const ownAccount = "123456789012";

export async function runApi(conformanceCase: ConformanceCase): Promise<CaseOutcome> {
  const { steps } = conformanceCase as ApiCase;
  if (steps.some(({ op }) => op.startsWith("deploy_cfn_template"))) {
    return { kind: "unsupported", reason: "the template that it deploys is not part of the case" };
  }
  const service = new StepFunctionsService({
    objects: memoryObjects(objectsOf(steps)),
    tasks: { invoke: () => recordedFunction(steps) },
    activityPollMs: 500,
  });
  try {
    return await runSteps(service, conformanceCase as ApiCase);
  } finally {
    service.close();
  }
}

/** These cases have at most one function, whose answer shows in the output of the execution that called it. */
function recordedFunction(steps: readonly ApiStep[]): TaskReply {
  const outputs = steps
    .filter(({ op }) => op === "start_sync_execution")
    .flatMap(({ recorded = [] }) => recorded.map(({ value }) => (value as JsonObject | null)?.["output"]));
  const output = outputs.find(isJsonObject);
  if (output === undefined) return { status: "succeeded", output: null };
  const { Cause: cause, Error: error, final: _ownState, ...result } = output;
  if (typeof error !== "string") return { status: "succeeded", output: result };
  return { status: "failed", error, cause: typeof cause === "string" ? cause : JSON.stringify(cause) };
}

function objectsOf(steps: readonly ApiStep[]): Readonly<Record<string, Record<string, string>>> {
  const buckets: Record<string, Record<string, string>> = {};
  for (const { op, params } of steps) {
    if (op !== "put_object") continue;
    const { Body: body, Bucket: bucket, Key: key } = params as Record<"Body" | "Bucket" | "Key", string>;
    buckets[bucket] = { ...buckets[bucket], [key]: body };
  }
  return buckets;
}

async function runSteps(service: StepFunctionsService, apiCase: ApiCase): Promise<CaseOutcome> {
  const answers = new Map<number, JsonObject>();
  const actual: unknown[] = [];
  const differences: Difference[] = [];
  for (const step of apiCase.steps) {
    if (step.op === "create_stack") await createFromTemplate(service, step);
    if (step.service !== undefined) continue;
    const operation = operationName(step.op);
    const request = boundRequest(step, answers);
    await waitBefore(service, step, request, apiCase.steps);
    const answer = await service.call(operation, request).catch((reason: unknown) => reason as Error);
    if (!(answer instanceof Error)) answers.set(step.n, answer);
    actual.push({ n: step.n, op: step.op, answer: answer instanceof Error ? String(answer) : answer });
    for (const recorded of step.recorded ?? []) {
      const found = asRecorded(answer, operation, recorded);
      for (const { path, ...rest } of differencesOf(found, recorded, apiCase)) {
        differences.push({ path: `$.${step.n}.${recorded.key}${path.slice(1)}`, ...rest });
      }
    }
  }
  return { kind: "ran", actual, differences };
}

/** As CloudFormation makes the machine of these templates. */
async function createFromTemplate(service: StepFunctionsService, { params }: ApiStep): Promise<void> {
  const template = parseDefinitionText(params["TemplateBody"] as string, { file: "template.yaml" })
    .definition as JsonObject;
  for (const resource of Object.values(template["Resources"] as Readonly<Record<string, JsonObject>>)) {
    const properties = resource["Properties"] as JsonObject;
    await service.call("CreateStateMachine", {
      name: properties["StateMachineName"] ?? null,
      definition: JSON.stringify(properties["Definition"]),
      roleArn: properties["RoleArn"] ?? null,
    });
  }
}

function operationName(op: string): string {
  return op.replaceAll(/(?:^|_)([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

function boundRequest({ bindings = {}, params }: ApiStep, answers: ReadonlyMap<number, JsonObject>): JsonObject {
  const request = JSON.parse(JSON.stringify(params).replaceAll(recordedAccount, ownAccount)) as JsonObject;
  for (const [path, template] of Object.entries(bindings)) {
    const value = template.replaceAll(/\$\{(\d+):([^}]+)\}/g, (_match, n: string, place: string) =>
      textAt(answers.get(Number(n)) ?? null, place),
    );
    const keys = path.split(".");
    const holder = memberAt(request, keys.slice(0, -1)) as Record<string, JsonValue>;
    holder[keys.at(-1)!] = value;
  }
  return request;
}

function textAt(answer: JsonValue, place: string): string {
  const value = memberAt(answer, place.split("."));
  return typeof value === "string" ? value : JSON.stringify(value);
}

function memberAt(value: JsonValue, path: readonly (string | number)[]): JsonValue {
  return path.reduce<JsonValue>((holder, key) => (holder as Record<string, JsonValue> | null)?.[key] ?? null, value);
}

/** The recorded calls asked again until the execution had come as far as the recording shows. */
async function waitBefore(
  service: StepFunctionsService,
  { n, op, recorded }: ApiStep,
  request: JsonObject,
  steps: readonly ApiStep[],
): Promise<void> {
  if (op !== "get_execution_history" && op !== "describe_execution") return;
  const isStoppedLater = steps.some((later) => later.op === "stop_execution" && later.n > n);
  const wantedEvents = (recorded?.[0]?.value as { readonly events?: readonly unknown[] } | undefined)?.events?.length;
  const executionArn = request["executionArn"] ?? null;
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const described = await service.call("DescribeExecution", { executionArn }).catch(() => undefined);
    if (described === undefined || described["status"] !== "RUNNING") return;
    const { events } = await service.call("GetExecutionHistory", { executionArn, maxResults: 1000 });
    const count = (events as readonly unknown[]).length;
    if (isStoppedLater ? count >= 2 : count >= (wantedEvents ?? Number.POSITIVE_INFINITY)) return;
    await delay(50);
  }
}

/** A refusal was recorded as the response, or as the text of the SDK's exception. */
function asRecorded(answer: JsonObject | Error, operation: string, { responsePath, value }: RecordedAnswer): unknown {
  if (!(answer instanceof Error)) {
    const answered = memberAt(
      { ...answer, ResponseMetadata: { HTTPHeaders: {}, HTTPStatusCode: 200 } },
      responsePath ?? [],
    );
    return comparable(answered, value);
  }
  const isText = typeof value === "string";
  // The SDK's own check, before any call. Whoever calls without it is refused by the service.
  if (isText && value.startsWith("Parameter validation failed")) return value;
  const { message, name } = answer;
  return isText
    ? `An error occurred (${name}) when calling the ${operation} operation: ${message}`
    : {
        Error: { Code: name, Message: message },
        ...(answer instanceof ServiceError ? answer.members : undefined),
        message,
        ResponseMetadata: { HTTPHeaders: {}, HTTPStatusCode: 400 },
      };
}

/** Without what a recording cannot have or cannot repeat: AWS shows the encryption since July 2024 only. */
function comparable(answered: JsonValue, recorded: JsonValue): JsonValue {
  if (recorded === null || typeof recorded !== "object" || Object.hasOwn(recorded, "encryptionConfiguration")) {
    return answered;
  }
  const { billingDetails, encryptionConfiguration: _new, ...rest } = answered as JsonObject;
  if (billingDetails === undefined) return rest;
  // How long AWS took; ours is right when it is whole hundreds, too.
  const isWhole = Number((billingDetails as JsonObject)["billedDurationInMilliseconds"]) % 100 === 0;
  return { ...rest, billingDetails: isWhole ? ((recorded as JsonObject)["billingDetails"] ?? null) : billingDetails };
}

function differencesOf(found: unknown, { value }: RecordedAnswer, apiCase: ApiCase): readonly Difference[] {
  const text = (JSON.stringify(found) ?? "null").replaceAll(ownAccount, recordedAccount);
  return differencesBetween(normalise(JSON.parse(text), apiCase), value, apiCase);
}
