/** What the AWS adapters are told by the environment of their Lambda functions. */
import type { ChosenPort, Environment, PortChoices } from "../port-choices.ts";
import { parseS3Location } from "./s3-location.ts";
import type { S3Location } from "./s3-location.ts";
import type { SageMakerSettings } from "./sagemaker.ts";
import type { TrafficShift } from "./traffic-shift.ts";

export interface AwsSettings {
  readonly raw: S3Location;
  readonly objects: S3Location;
  readonly tableName: string;
  readonly sageMaker: SageMakerSettings;
  readonly shift: TrafficShift;
  /** The function that serves models, when Lambda does. */
  readonly endpointFunction: string;
  readonly topicArn?: string;
  readonly eventBusName?: string;
}

/**
 * @param needs  the ports that AWS answers: what none of them uses may be absent, and is never read
 * @throws Error that names every variable that is absent or wrong, what was found and what was wanted
 */
export function awsSettings(
  environment: Environment,
  choices: PortChoices,
  needs: ReadonlySet<ChosenPort>,
): AwsSettings {
  const problems: string[] = [];
  const found = (name: string) => environment[name] || undefined;

  function wanted<Value>(
    name: string,
    read: (text: string) => Value | undefined,
    what: string,
    { used = true, absent }: { readonly used?: boolean; readonly absent?: Value } = {},
  ): Value {
    const text = found(name);
    const value = text === undefined ? absent : read(text);
    if (value === undefined && used) {
      problems.push(`${name} is ${text === undefined ? "absent" : `"${text}"`}; wanted ${what}`);
    }
    // What is missing here is never used: the problems are thrown before the settings are returned.
    return value as Value;
  }
  const text = (name: string, what: string, given: { readonly used?: boolean; readonly absent?: string }) =>
    wanted(name, (value) => value, what, given);
  const count = (name: string, least: number, most: number, absent: number) =>
    wanted(name, (value) => wholeNumber(value, least, most), `a whole number from ${least} to ${most}`, { absent });

  const [trains, serves] = [
    needs.has("trainer") && choices.trainer === "sagemaker",
    needs.has("endpoints") && choices.endpoints === "sagemaker",
  ];
  const tabled = (["ledger", "aliases", "registry", "notifier"] as const).some((port) => needs.has(port));
  const topicArn = found("TOPIC_ARN");
  const eventBusName = found("EVENT_BUS_NAME");
  const settings: AwsSettings = {
    raw: wanted("RETRAIN_RAW", parseS3Location, "the payment system's tables as s3://bucket/prefix", {
      used: needs.has("raw"),
    }),
    objects: wanted("RETRAIN_OBJECTS", parseS3Location, "where runs keep their objects as s3://bucket/prefix", {
      used: needs.has("objects"),
    }),
    tableName: text("RETRAIN_TABLE", "a DynamoDB table's name", { used: tabled }),
    sageMaker: {
      roleArn: text("SAGEMAKER_ROLE_ARN", "the role that jobs and endpoints run under", { used: trains || serves }),
      image: text("SAGEMAKER_IMAGE", "the URI of SageMaker's XGBoost container, 3.0-5 or later", {
        used: trains || serves || needs.has("registry"),
      }),
      trainingInstanceType: text("TRAINING_INSTANCE_TYPE", "an instance type", { absent: "ml.m5.xlarge" }),
      // Three attempts watch a job for 42 minutes; it must not outlive them.
      trainingMaxRuntimeSeconds: count("TRAINING_MAX_RUNTIME_SECONDS", 60, 432_000, 2400),
      endpointInstanceType: text("ENDPOINT_INSTANCE_TYPE", "an instance type", { absent: "ml.m5.large" }),
      endpointInstanceCount: count("ENDPOINT_INSTANCE_COUNT", 1, 100, 1),
    },
    shift: {
      canaryPercent: count("CANARY_PERCENT", 1, 50, 10),
      canaryWaitSeconds: count("CANARY_WAIT_SECONDS", 0, 3600, 300),
      rollbackAlarms: (found("ROLLBACK_ALARMS") ?? "").split(",").flatMap((name) => name.trim() || []),
    },
    endpointFunction: text("ENDPOINT_FUNCTION", "the name of the Lambda function that serves models", {
      used: needs.has("endpoints") && choices.endpoints === "lambda",
    }),
    ...(topicArn !== undefined && { topicArn }),
    ...(eventBusName !== undefined && { eventBusName }),
  };
  if (problems.length > 0) throw new Error(`${problems.join("; ")}.`);
  return settings;
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const value = Number(text);
  return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}
