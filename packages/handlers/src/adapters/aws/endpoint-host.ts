/**
 * Models served by SageMaker endpoints: one endpoint a model, one endpoint configuration a version.
 *
 * A version is tried at an endpoint of its own before the model's endpoint moves to it by a blue/green canary. Both
 * configurations of such a move must name their variant alike, so an answer's variant says nothing about the version:
 * the configuration that the endpoint carries does.
 *
 * @see Amazon SageMaker AI Developer Guide, "Deployment guardrails", Exclusions (2026-11-23)
 */
import type { DescribeEndpointCommandOutput } from "@aws-sdk/client-sagemaker";
import { PipelineError } from "../../failures.ts";
import type { AliasStore, EndpointHost, ObjectStore, Scored, ScoreRow, ServingVersion } from "../../ports.ts";
import type { ClientSettings } from "./client-settings.ts";
import { loadOnce } from "../../load-once.ts";
import { keepServingArchive } from "./model-archive.ts";
import { tagsOf } from "./sagemaker.ts";
import type { ConnectSageMaker, SageMakerSettings } from "./sagemaker.ts";
import { isSdkError } from "./sdk-error.ts";
import type { TrafficShift } from "./traffic-shift.ts";
import { waitFor } from "./waiting.ts";
import type { Waiting } from "./waiting.ts";

export interface SageMakerHostOptions {
  readonly objects: ObjectStore;
  readonly aliases: AliasStore;
  readonly connect: ConnectSageMaker;
  readonly client: ClientSettings;
  readonly settings: SageMakerSettings;
  readonly shift: TrafficShift;
  readonly waiting: Waiting;
}

const pollEveryMs = 15_000;

export function sageMakerEndpointHost(options: SageMakerHostOptions): EndpointHost {
  const { aliases, connect, settings, shift } = options;
  const connectRuntime = loadOnce(async () => {
    const { SageMakerRuntime } = await import("@aws-sdk/client-sagemaker-runtime");
    return new SageMakerRuntime({ ...options.client });
  });

  async function describe(endpoint: string): Promise<DescribeEndpointCommandOutput | undefined> {
    try {
      return await (await connect()).describeEndpoint({ EndpointName: endpoint });
    } catch (error) {
      if (isSdkError(error, "ValidationException") && /could not find/i.test(error.message)) return undefined;
      throw error;
    }
  }

  /** In service with this configuration. An endpoint that was rolled back is in service too, with the old one. */
  async function settle(endpoint: string, config: string): Promise<void> {
    const settled = await waitFor(options.waiting, pollEveryMs, async () => {
      const found = await describe(endpoint);
      return found !== undefined && isMoving(found) ? undefined : { found };
    });
    if (settled === undefined) throw new PipelineError("EndpointBusy", `The endpoint ${endpoint} is still moving.`);
    const { EndpointStatus, EndpointConfigName, FailureReason } = settled.found ?? {};
    if (EndpointStatus === "InService" && EndpointConfigName === config) return;
    throw new PipelineError(
      "DeploymentRolledBack",
      `The endpoint ${endpoint} is ${EndpointStatus ?? "absent"} with ${EndpointConfigName ?? "nothing"}; wanted ${config}. ${FailureReason ?? ""}`.trim(),
    );
  }

  async function create(endpoint: string, config: string, modelId: string): Promise<void> {
    const sageMaker = await connect();
    await sageMaker.createEndpoint({ EndpointName: endpoint, EndpointConfigName: config, Tags: tagsOf({ modelId }) });
  }

  async function ensureConfig(modelId: string, serving: ServingVersion): Promise<string> {
    const sageMaker = await connect();
    const name = `${modelId}-${serving.version}`;
    const archive = await keepServingArchive(options.objects, serving);
    const tags = tagsOf({ modelId, version: serving.version });
    await unlessThere(
      sageMaker.createModel({
        ModelName: name,
        PrimaryContainer: { Image: settings.image, ModelDataUrl: archive.uri },
        ExecutionRoleArn: settings.roleArn,
        EnableNetworkIsolation: true,
        Tags: tags,
      }),
    );
    await unlessThere(
      sageMaker.createEndpointConfig({
        EndpointConfigName: name,
        ProductionVariants: [
          {
            VariantName: "AllTraffic",
            ModelName: name,
            InstanceType: settings.endpointInstanceType as "ml.m5.large",
            InitialInstanceCount: settings.endpointInstanceCount,
          },
        ],
        Tags: tags,
      }),
    );
    return name;
  }

  async function promote(modelId: string, config: string): Promise<void> {
    const found = await describe(modelId);
    if (found === undefined) await create(modelId, config, modelId);
    else if (targetOf(found) !== config) {
      if (isMoving(found)) {
        throw new PipelineError("EndpointBusy", `The endpoint ${modelId} is moving to ${targetOf(found)}.`);
      }
      await (
        await connect()
      ).updateEndpoint({
        EndpointName: modelId,
        EndpointConfigName: config,
        DeploymentConfig: {
          BlueGreenUpdatePolicy: {
            TrafficRoutingConfiguration: {
              Type: "CANARY",
              CanarySize: { Type: "CAPACITY_PERCENT", Value: shift.canaryPercent },
              WaitIntervalInSeconds: shift.canaryWaitSeconds,
            },
          },
          ...(shift.rollbackAlarms.length > 0 && {
            AutoRollbackConfiguration: { Alarms: shift.rollbackAlarms.map((AlarmName) => ({ AlarmName })) },
          }),
        },
      });
    }
    await settle(modelId, config);
  }

  async function remove(endpoint: string): Promise<void> {
    if ((await describe(endpoint)) !== undefined) await (await connect()).deleteEndpoint({ EndpointName: endpoint });
  }

  /** Callers get whom the aliases name; nobody is asked when the endpoint never left them. */
  async function restore(modelId: string, config: string): Promise<void> {
    const found = await describe(modelId);
    if (found === undefined || isMoving(found) || found.EndpointConfigName !== config) return;
    const { champion } = await aliases.read(modelId);
    if (champion === undefined) return remove(modelId);
    const wanted = `${modelId}-${champion.version}`;
    if (wanted !== config)
      await (await connect()).updateEndpoint({ EndpointName: modelId, EndpointConfigName: wanted });
  }

  async function invoke(endpoint: string, modelId: string, rows: readonly ScoreRow[]): Promise<Scored> {
    const modelVersion = ((await describe(endpoint))?.EndpointConfigName ?? "").slice(modelId.length + 1);
    if (rows.length === 0) return { scores: [], modelVersion };
    const { Body } = await (
      await connectRuntime()
    ).invokeEndpoint({
      EndpointName: endpoint,
      ContentType: "text/csv",
      Accept: "text/csv",
      Body: rows.map((row) => row.map((cell) => cell ?? "nan").join(",")).join("\n"),
    });
    // Releases of the container differ in what they put between scores: a comma or a line's end.
    const texts = (Body?.transformToString() ?? "").trim().split(/[\s,]+/);
    return { scores: texts.map(Number), modelVersion };
  }

  return {
    stage: async (modelId, serving) => {
      const config = await ensureConfig(modelId, serving);
      const live = await describe(modelId);
      // An earlier attempt may have come as far as the model's own endpoint.
      const endpoint = live !== undefined && targetOf(live) === config ? modelId : `${modelId}-candidate`;
      if (endpoint !== modelId) {
        const candidate = await describe(endpoint);
        if (candidate === undefined) await create(endpoint, config, modelId);
        else if (candidate.EndpointConfigName !== config) {
          if (!isMoving(candidate)) await remove(endpoint);
          throw new PipelineError("EndpointBusy", `${endpoint} still serves ${candidate.EndpointConfigName}.`);
        }
      }
      await settle(endpoint, config);
      return {
        score: (rows) => invoke(endpoint, modelId, rows),
        promote: async () => {
          await promote(modelId, config);
          await remove(`${modelId}-candidate`);
        },
        discard: async () => {
          await remove(`${modelId}-candidate`);
          await restore(modelId, config);
        },
      };
    },
    score: (modelId, rows) => invoke(modelId, modelId, rows),
  };
}

function isMoving({ EndpointStatus }: Pick<DescribeEndpointCommandOutput, "EndpointStatus">): boolean {
  return ["Creating", "Updating", "SystemUpdating", "RollingBack", "Deleting"].includes(EndpointStatus ?? "");
}

/** The configuration that an endpoint has, or moves to. */
function targetOf(found: DescribeEndpointCommandOutput): string | undefined {
  const moves = found.EndpointStatus === "Updating";
  return (moves ? found.PendingDeploymentSummary?.EndpointConfigName : undefined) ?? found.EndpointConfigName;
}

/** The name follows from the contents, so whatever has it already is the same. */
async function unlessThere(creating: Promise<unknown>): Promise<void> {
  try {
    await creating;
  } catch (error) {
    if (!(isSdkError(error, "ValidationException") && /already exist/i.test(error.message))) throw error;
  }
}
