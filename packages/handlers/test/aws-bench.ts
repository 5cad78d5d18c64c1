/** The AWS adapters with real clients against the scripted AWS, in a time that moves when somebody waits. */
import path from "node:path";
import { createPorts } from "../src/adapters/ports-from-environment.ts";
import type { Ports } from "../src/index.ts";
import { scriptedAws } from "./scripted-aws.ts";
import type { ScriptedAws } from "./scripted-aws.ts";
import { smallCatalog, temporaryFolder } from "./small-world.ts";

export interface AwsBench {
  readonly aws: ScriptedAws;
  readonly ports: Ports;
  readonly time: { nowEpochMs: number; deadlineEpochMs: number };
  /** A folder that is gone when the test file is done. */
  readonly home: string;
  /** Everything that was asked under this name. */
  // oxlint-disable-next-line typescript/no-explicit-any -- bodies as they come over the wire
  readonly bodiesOf: (operation: string) => any[];
}

const environment = {
  RETRAIN_PROFILE: "aws",
  RETRAIN_RAW: "s3://data/raw",
  RETRAIN_OBJECTS: "s3://runs/retrain",
  RETRAIN_TABLE: "retrain",
  SAGEMAKER_ROLE_ARN: "arn:aws:iam::111122223333:role/training",
  SAGEMAKER_IMAGE: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost:3.0-5",
  TOPIC_ARN: "arn:aws:sns:eu-west-1:111122223333:retraining",
  EVENT_BUS_NAME: "default",
};

export async function awsBench(overrides: Readonly<Record<string, string>> = {}): Promise<AwsBench> {
  const home = await temporaryFolder();
  const aws = await scriptedAws(home);
  const time = { nowEpochMs: Date.parse("2026-09-01T03:00:00Z"), deadlineEpochMs: Number.POSITIVE_INFINITY };
  const ports = await createPorts(
    { ...environment, ...overrides },
    {
      catalog: smallCatalog,
      clock: { nowEpochMs: () => time.nowEpochMs },
      pause: async (durationMs) => {
        time.nowEpochMs += durationMs;
      },
      deadlineEpochMs: () => time.deadlineEpochMs,
      client: {
        region: "eu-west-1",
        endpoint: aws.url,
        credentials: { accessKeyId: "a", secretAccessKey: "s" },
        maxAttempts: 1,
      },
      temporaryFolder: path.join(home, "tmp"),
    },
  );
  const bodiesOf = (operation: string) =>
    aws.asked.filter((one) => one.operation === operation).map(({ body }) => body);
  return { aws, ports, time, home, bodiesOf };
}
