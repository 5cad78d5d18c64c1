/**
 * Puts a promoted version into service: loaded beside the champion, tried with golden rows through the endpoint,
 * and only then named champion. Whatever goes wrong, the old champion serves on.
 */
import type { Deployed, Evaluated } from "../contracts.ts";
import type { EvaluationReport, GoldenRows } from "../evaluate-model/evaluation-report.ts";
import { PipelineError } from "../failures.ts";
import type { Aliases, Ports, ServingVersion, StagedModel } from "../ports.ts";
import { runStep } from "../run-step.ts";
import { parseStored } from "../stored-json.ts";
import type { DeployModelEndpointInput, DeployModelEndpointOutput } from "./contract.generated.ts";

const mostDifference = 1e-6;

/** The version was tried and did not stand the test. */
const rolledBack = new Set(["SmokeTestFailed", "DeploymentRolledBack"]);

export const deployModelEndpoint =
  (ports: Ports) =>
  async (event: DeployModelEndpointInput): Promise<DeployModelEndpointOutput> => {
    const { champion, previous } = await ports.aliases.read(event.modelId);
    const unchanged = (status: "NOT_DEPLOYED" | "ROLLED_BACK", reason: string): Deployed => ({
      modelId: event.modelId,
      runId: event.runId,
      step: "deploy",
      status,
      ...(champion === undefined ? {} : { serving: champion.version }),
      ...(previous === undefined ? {} : { previous: previous.version }),
      reason,
    });
    if (event.outcome !== "OK")
      return unchanged("NOT_DEPLOYED", `${event.outcome} at ${event.stoppedAt}: ${event.error}`);
    if (event.decision !== "PROMOTE") return unchanged("NOT_DEPLOYED", `The decision is ${event.decision}.`);
    return runStep<DeployModelEndpointOutput>(
      ports,
      {
        item: event,
        step: "deploy",
        inputs: { version: event.modelVersion, evaluation: event.evaluation },
        onStopped: ({ error, reason }) =>
          unchanged(rolledBack.has(error) ? "ROLLED_BACK" : "NOT_DEPLOYED", `${error}: ${reason}`),
      },
      () => deploy(ports, event, { ...(champion && { champion }), ...(previous && { previous }) }),
    );
  };

async function deploy(ports: Ports, event: Evaluated, before: Aliases): Promise<Deployed> {
  const { modelId } = event;
  const serving: ServingVersion = {
    version: event.modelVersion,
    modelUri: event.training.modelUri,
    modelSha256: event.training.modelSha256,
    baselineUri: event.features.baselineUri,
    featureNames: event.features.names,
  };
  const after = aliasesAfter(before, serving);
  const golden = await readGoldenRows(ports, event.evaluation.reportUri);
  const staged = await ports.endpoints.stage(modelId, serving);
  const smokeTest = await tryOrDiscard(staged, () => smoke(ports, staged, serving.version, golden));
  await tryOrDiscard(staged, () => ports.aliases.move(modelId, before.champion?.version, after));
  try {
    await staged.promote();
    await assertServes(ports, modelId, serving.version, golden);
  } catch (error) {
    try {
      // The alias first: it says to whom the callers return.
      await ports.aliases.move(modelId, serving.version, before);
    } finally {
      // What cannot be moved back must not keep its canary.
      await staged.discard();
    }
    throw error;
  }
  return {
    modelId,
    runId: event.runId,
    step: "deploy",
    status: "IN_SERVICE",
    serving: serving.version,
    ...(after.previous === undefined ? {} : { previous: after.previous.version }),
    smokeTest,
  };
}

/** Deploying the champion again keeps who was before it. */
function aliasesAfter(before: Aliases, champion: ServingVersion): Aliases {
  const previous = before.champion?.version === champion.version ? before.previous : before.champion;
  return { champion, ...(previous === undefined ? {} : { previous }) };
}

async function readGoldenRows(ports: Ports, reportUri: string): Promise<GoldenRows> {
  return parseStored<EvaluationReport>(await ports.objects.read(reportUri)).golden;
}

async function smoke(
  ports: Ports,
  staged: StagedModel,
  version: string,
  golden: GoldenRows,
): Promise<NonNullable<Deployed["smokeTest"]>> {
  const startEpochMs = ports.clock.nowEpochMs();
  const answer = await staged.score(golden.rows);
  const seconds = (ports.clock.nowEpochMs() - startEpochMs) / 1_000;
  const maxDifference = golden.scores.reduce(
    (most, score, row) => Math.max(most, Math.abs(score - (answer.scores[row] ?? Number.POSITIVE_INFINITY))),
    0,
  );
  if (answer.modelVersion !== version) throw smokeTestFailed(version, `answered as ${answer.modelVersion}`);
  // A NaN must fail too.
  if (!(maxDifference <= mostDifference)) {
    throw smokeTestFailed(version, `its scores differ by up to ${maxDifference}; wanted at most ${mostDifference}`);
  }
  return { rows: golden.rows.length, maxDifference, seconds };
}

async function assertServes(ports: Ports, modelId: string, version: string, golden: GoldenRows): Promise<void> {
  const answer = await ports.endpoints.score(modelId, golden.rows.slice(0, 1));
  if (answer.modelVersion !== version) {
    throw smokeTestFailed(version, `after the switch the endpoint answered as ${answer.modelVersion}`);
  }
}

function smokeTestFailed(version: string, what: string): PipelineError {
  return new PipelineError("SmokeTestFailed", `The smoke test of ${version} failed: ${what}.`);
}

async function tryOrDiscard<Result>(staged: StagedModel, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    await staged.discard();
    throw error;
  }
}
