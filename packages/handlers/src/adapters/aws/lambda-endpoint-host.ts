/**
 * Models served by one Lambda function: a published version of it for each version of a model, and an alias for each
 * model, which leads to the version that serves, and by weight to the next one.
 *
 * The cheap alternative to endpoints that run all day. What a version serves stands in its environment, which
 * publishing keeps for good. Before that there is only one environment for all models: whoever changes it has half a
 * minute to publish, and `RevisionId` sees to it that nobody writes over what he did not read.
 */
import type { AliasConfiguration, FunctionConfiguration, Lambda } from "@aws-sdk/client-lambda";
import { PipelineError } from "../../failures.ts";
import { loadOnce } from "../../load-once.ts";
import type { AliasStore, EndpointHost, Scored, ScoreRow, ServingVersion } from "../../ports.ts";
import { descriptionOf, environmentOf, servedVersionIn } from "../../serving/served-version.ts";
import type { ServedVersion } from "../../serving/served-version.ts";
import type { Answered } from "../../serving/model-server.ts";
import { parseStored } from "../../stored-json.ts";
import type { ClientSettings } from "./client-settings.ts";
import { rollbackAlarms } from "./rollback-alarms.ts";
import { isSdkError } from "./sdk-error.ts";
import type { TrafficShift } from "./traffic-shift.ts";
import { waitFor } from "./waiting.ts";
import type { Waiting } from "./waiting.ts";

export interface LambdaHostOptions {
  readonly aliases: AliasStore;
  readonly client: ClientSettings;
  /** Runs `serving/handler.ts`. */
  readonly functionName: string;
  readonly shift: TrafficShift;
  readonly waiting: Waiting;
}

const pollEveryMs = 2_000;
const watchEveryMs = 15_000;
/** How long others leave the environment to whom changed it. */
const leaseMs = 30_000;

export function lambdaEndpointHost(options: LambdaHostOptions): EndpointHost {
  const { aliases, functionName: FunctionName, shift, waiting } = options;
  const connect = loadOnce(async () => {
    const { Lambda } = await import("@aws-sdk/client-lambda");
    return new Lambda({ ...options.client });
  });
  const alarmsInAlarm = rollbackAlarms(shift.rollbackAlarms, options.client);

  /** The number of the version that serves this, when somebody has published it. */
  async function findVersion(wanted: ServedVersion): Promise<string | undefined> {
    const { paginateListVersionsByFunction } = await import("@aws-sdk/client-lambda");
    for await (const { Versions = [] } of paginateListVersionsByFunction(
      { client: await connect() },
      { FunctionName },
    )) {
      const found = Versions.find(({ Description }) => Description === descriptionOf(wanted));
      if (found?.Version !== undefined) return found.Version;
    }
    return undefined;
  }

  async function publish(wanted: ServedVersion): Promise<string> {
    const lambda = await connect();
    const published = await waitFor(waiting, pollEveryMs, () =>
      unlessSomebodyWasFaster(async () => {
        const found = await lambda.getFunctionConfiguration({ FunctionName });
        if (!isSettled(found)) return undefined;
        const variables = found.Environment?.Variables ?? {};
        const held = servedVersionIn(variables);
        if (held === undefined || descriptionOf(held) !== descriptionOf(wanted)) {
          const leftMs = Number(variables["MODEL_STAGED_AT"] ?? 0) + leaseMs - waiting.clock.nowEpochMs();
          if (held !== undefined && leftMs > 0 && (await findVersion(held)) === undefined) return undefined;
          await changeEnvironment(lambda, found, wanted);
          return undefined;
        }
        const { Version } = await lambda.publishVersion({
          FunctionName,
          Description: descriptionOf(wanted),
          ...revisionOf(found),
        });
        return Version;
      }),
    );
    if (published !== undefined) return published;
    throw new PipelineError("EndpointBusy", `The function ${FunctionName} had no moment to publish ${wanted.version}.`);
  }

  /** An update replaces the whole environment: what else stands there must go with it. */
  async function changeEnvironment(lambda: Lambda, found: FunctionConfiguration, wanted: ServedVersion): Promise<void> {
    await lambda.updateFunctionConfiguration({
      FunctionName,
      ...revisionOf(found),
      Environment: {
        Variables: {
          ...found.Environment?.Variables,
          ...environmentOf(wanted),
          MODEL_STAGED_AT: String(waiting.clock.nowEpochMs()),
        },
      },
    });
  }

  /** A version that was just published takes no events yet. */
  async function assertActive(number: string): Promise<void> {
    const lambda = await connect();
    const active = await waitFor(waiting, pollEveryMs, async () => {
      const found = await lambda.getFunctionConfiguration({ FunctionName, Qualifier: number });
      return isSettled(found) ? found : undefined;
    });
    if (active?.State === "Active") return;
    throw new PipelineError(
      "EndpointBusy",
      `${FunctionName}:${number} is ${active?.State ?? "still pending"}; wanted Active.`,
    );
  }

  async function findAlias(modelId: string): Promise<AliasConfiguration | undefined> {
    try {
      return await (await connect()).getAlias({ FunctionName, Name: modelId });
    } catch (error) {
      if (isSdkError(error, "ResourceNotFoundException")) return undefined;
      throw error;
    }
  }

  /** @param weights  of other versions; whoever moved the alias since it was read makes this fail */
  async function lead(
    alias: AliasConfiguration,
    number: string,
    weights: Record<string, number> = {},
  ): Promise<AliasConfiguration> {
    try {
      return await (
        await connect()
      ).updateAlias({
        FunctionName,
        Name: alias.Name,
        FunctionVersion: number,
        RoutingConfig: { AdditionalVersionWeights: weights },
        ...revisionOf(alias),
      });
    } catch (error) {
      if (!isSdkError(error, "PreconditionFailedException")) throw error;
      throw new PipelineError("EndpointBusy", `Another deployment moves the alias ${alias.Name}.`, { cause: error });
    }
  }

  async function promote(modelId: string, number: string): Promise<void> {
    const alias = await findAlias(modelId);
    if (alias === undefined) {
      await (await connect()).createAlias({ FunctionName, Name: modelId, FunctionVersion: number });
      return;
    }
    const { FunctionVersion = "" } = alias;
    if (FunctionVersion === number) {
      if (weightedIn(alias).length > 0) await lead(alias, number);
      return;
    }
    // Before anybody gets it: an alarm that rings already, or does not exist, would tell nothing of this canary.
    await assertQuiet(modelId);
    const shifted = await lead(alias, FunctionVersion, { [number]: shift.canaryPercent / 100 });
    await bake(modelId);
    await lead(shifted, number);
  }

  /** A part of the callers gets the new version; an alarm in this time speaks against it. */
  async function bake(modelId: string): Promise<void> {
    const { clock } = waiting;
    const untilEpochMs = clock.nowEpochMs() + shift.canaryWaitSeconds * 1000;
    const baked = await waitFor(waiting, Math.min(watchEveryMs, shift.canaryWaitSeconds * 1000), async () => {
      await assertQuiet(modelId);
      return clock.nowEpochMs() >= untilEpochMs ? true : undefined;
    });
    if (baked === undefined) {
      throw new PipelineError("EndpointBusy", `The canary of ${modelId} takes longer than this function may run.`);
    }
  }

  async function assertQuiet(modelId: string): Promise<void> {
    const alarms = await alarmsInAlarm();
    if (alarms.length === 0) return;
    throw new PipelineError(
      "DeploymentRolledBack",
      `${alarms.join(", ")} in alarm: the callers of ${modelId} stay with the version before.`,
    );
  }

  /** Callers get whom the aliases name; nobody is asked when the alias never left them. */
  async function restore(modelId: string, number: string): Promise<void> {
    const alias = await findAlias(modelId);
    if (alias?.FunctionVersion === undefined) return;
    if (alias.FunctionVersion !== number) {
      // Another deployment's canary is its own to end.
      if (weightedIn(alias).includes(number)) await lead(alias, alias.FunctionVersion);
      return;
    }
    const { champion } = await aliases.read(modelId);
    const before = champion === undefined ? undefined : await findVersion(servedOf(modelId, champion));
    if (before === undefined) await (await connect()).deleteAlias({ FunctionName, Name: modelId });
    else if (before !== number) await lead(alias, before);
  }

  async function invoke(Qualifier: string, rows: readonly ScoreRow[]): Promise<Scored> {
    const { Payload, FunctionError } = await (
      await connect()
    ).invoke({ FunctionName, Qualifier, Payload: JSON.stringify({ instances: rows }) });
    const text = Payload?.transformToString() ?? "";
    if (FunctionError !== undefined) {
      throw new PipelineError("SmokeTestFailed", `${FunctionName}:${Qualifier} failed: ${text}`);
    }
    const { predictions, modelVersion } = parseStored<Answered>(text);
    return { scores: predictions.map(({ score }) => score), modelVersion };
  }

  return {
    stage: async (modelId, serving) => {
      const wanted = servedOf(modelId, serving);
      const number = (await findVersion(wanted)) ?? (await publish(wanted));
      await assertActive(number);
      return {
        score: (rows) => invoke(number, rows),
        promote: () => promote(modelId, number),
        // The published version stays: it costs nothing while nobody calls it.
        discard: () => restore(modelId, number),
      };
    },
    score: (modelId, rows) => invoke(modelId, rows),
  };
}

/** Somebody else changes the function just now, or did since it was read: ask again. */
async function unlessSomebodyWasFaster<Answer>(work: () => Promise<Answer | undefined>): Promise<Answer | undefined> {
  try {
    return await work();
  } catch (error) {
    if (isSdkError(error, "ResourceConflictException", "PreconditionFailedException")) return undefined;
    throw error;
  }
}

function isSettled({ State, LastUpdateStatus }: FunctionConfiguration): boolean {
  return State !== "Pending" && LastUpdateStatus !== "InProgress";
}

/** The versions that get a part of the calls. */
function weightedIn({ RoutingConfig }: AliasConfiguration): readonly string[] {
  return Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {});
}

function revisionOf({ RevisionId }: { readonly RevisionId?: string | undefined }) {
  return RevisionId === undefined ? {} : { RevisionId };
}

function servedOf(modelId: string, { version, modelUri, modelSha256 }: ServingVersion): ServedVersion {
  return { modelId, version, modelUri, modelSha256 };
}
