/** What the AWS adapters are told by the environment of their Lambda functions. */
import type { AwsSettings } from "./aws-ports.ts";
import { parseS3Location } from "./s3-location.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws Error that names every variable that is absent or wrong, what was found and what was wanted */
export function awsSettings(environment: Environment): AwsSettings {
  const problems: string[] = [];
  const found = (name: string) => (environment[name] === "" ? undefined : environment[name]);

  function wanted<Value>(name: string, read: (text: string) => Value | undefined, what: string, absent?: Value): Value {
    const text = found(name);
    const value = text === undefined ? absent : read(text);
    if (value === undefined) problems.push(`${name} is ${text === undefined ? "absent" : `"${text}"`}; wanted ${what}`);
    // What is missing here is never used: the problems are thrown before the settings are returned.
    return value as Value;
  }
  const text = (name: string, what: string, absent?: string) => wanted(name, (value) => value, what, absent);
  const count = (name: string, least: number, most: number, absent: number) =>
    wanted(name, (value) => wholeNumber(value, least, most), `a whole number from ${least} to ${most}`, absent);

  const topicArn = found("TOPIC_ARN");
  const eventBusName = found("EVENT_BUS_NAME");
  const settings: AwsSettings = {
    raw: wanted("RETRAIN_RAW", parseS3Location, "the payment system's tables as s3://bucket/prefix"),
    objects: wanted("RETRAIN_OBJECTS", parseS3Location, "where runs keep their objects as s3://bucket/prefix"),
    tableName: text("RETRAIN_TABLE", "a DynamoDB table's name"),
    trainer: wanted("TRAINER", trainerNamed, "sagemaker or lambda", "sagemaker"),
    sageMaker: {
      roleArn: text("SAGEMAKER_ROLE_ARN", "the role that jobs and endpoints run under"),
      image: text("SAGEMAKER_IMAGE", "the URI of SageMaker's XGBoost container, 3.0-5 or later"),
      trainingInstanceType: text("TRAINING_INSTANCE_TYPE", "an instance type", "ml.m5.xlarge"),
      // Three attempts watch a job for 42 minutes; it must not outlive them.
      trainingMaxRuntimeSeconds: count("TRAINING_MAX_RUNTIME_SECONDS", 60, 432_000, 2400),
      endpointInstanceType: text("ENDPOINT_INSTANCE_TYPE", "an instance type", "ml.m5.large"),
      endpointInstanceCount: count("ENDPOINT_INSTANCE_COUNT", 1, 100, 1),
      canaryPercent: count("CANARY_PERCENT", 1, 50, 10),
      canaryWaitSeconds: count("CANARY_WAIT_SECONDS", 0, 3600, 300),
      rollbackAlarms: (found("ROLLBACK_ALARMS") ?? "").split(",").flatMap((name) => name.trim() || []),
    },
    ...(topicArn !== undefined && { topicArn }),
    ...(eventBusName !== undefined && { eventBusName }),
  };
  if (problems.length > 0) throw new Error(`RETRAIN_PROFILE=aws: ${problems.join("; ")}.`);
  return settings;
}

function trainerNamed(name: string): AwsSettings["trainer"] | undefined {
  return name === "sagemaker" || name === "lambda" ? name : undefined;
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const value = Number(text);
  return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}
