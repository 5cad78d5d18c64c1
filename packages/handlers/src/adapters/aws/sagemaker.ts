import type { SageMaker } from "@aws-sdk/client-sagemaker";
import type { ClientSettings } from "./client-settings.ts";
import { loadOnce } from "../../load-once.ts";

export type ConnectSageMaker = () => Promise<SageMaker>;

/** What jobs, models and endpoints are made with. */
export interface SageMakerSettings {
  /** The role that jobs and endpoints run under. */
  readonly roleArn: string;
  /** The XGBoost container: 3.0-5 or later, which saves UBJSON. */
  readonly image: string;
  readonly trainingInstanceType: string;
  readonly trainingMaxRuntimeSeconds: number;
  readonly endpointInstanceType: string;
  readonly endpointInstanceCount: number;
}

export function connectSageMaker(client: ClientSettings): ConnectSageMaker {
  return loadOnce(async () => {
    const { SageMaker } = await import("@aws-sdk/client-sagemaker");
    return new SageMaker({ ...client });
  });
}

export function tagsOf(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
