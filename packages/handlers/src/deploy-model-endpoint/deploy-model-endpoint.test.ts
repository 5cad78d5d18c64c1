import { writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { bench, itemOf, smallWorld, temporaryFolder } from "../../test/small-world.ts";
import type { EndpointHost, Ports, StagedModel } from "../index.ts";
import { handlers } from "../handlers.ts";
import { PipelineError } from "../failures.ts";

describe("a deployment", async () => {
  const home = await temporaryFolder();
  const world = await smallWorld(home, [], 2);
  const { run, ports } = bench({ home, world: world.folder });
  const evaluate = async (runId: string, overrides: { gate?: Record<string, number>; force?: boolean } = {}) => {
    const item = itemOf("auth-decline", runId, overrides);
    return run.EvaluateModel(
      await run.LaunchTrainingJob(await run.PreprocessFeatures(await run.IngestTrainingData(item))),
    );
  };
  const versionOf = (evaluated: Awaited<ReturnType<typeof evaluate>>) =>
    evaluated.outcome === "OK" ? evaluated.modelVersion : undefined;

  /** The handlers over an endpoint that is right except in one thing. */
  const over = (changed: Partial<EndpointHost>, aliases: Ports["aliases"] = ports.aliases) =>
    handlers({ ...ports, aliases, endpoints: { ...ports.endpoints, ...changed } });
  const staging = (change: (staged: StagedModel) => Partial<StagedModel>): Partial<EndpointHost> => ({
    stage: async (modelId, version) => {
      const staged = await ports.endpoints.stage(modelId, version);
      return { ...staged, ...change(staged) };
    },
  });

  test("serves the version that it names, with the scores of the evaluation", async () => {
    const evaluated = await evaluate("2026-09");
    const deployed = await run.DeployModelEndpoint(evaluated);
    expect(deployed).toMatchObject({ status: "IN_SERVICE", serving: versionOf(evaluated), smokeTest: { rows: 20 } });
    expect(deployed.smokeTest?.maxDifference).toBeLessThanOrEqual(1e-6);
    expect((await ports.aliases.read("auth-decline")).champion?.version).toBe(versionOf(evaluated));
  });

  describe("of a challenger", async () => {
    const champion = await run.DeployModelEndpoint(await evaluate("2026-09"));
    const challenger = await evaluate("2026-10");
    const expectTheOldChampion = async () => {
      expect((await ports.aliases.read("auth-decline")).champion?.version).toBe(champion.serving);
      expect((await ports.endpoints.score("auth-decline", [])).modelVersion).toBe(champion.serving);
    };

    test("moves the alias only after the smoke test", async () => {
      const order: string[] = [];
      const { DeployModelEndpoint } = over(
        staging((staged) => ({
          score: async (rows) => {
            order.push("smoke test");
            await expectTheOldChampion();
            return staged.score(rows);
          },
        })),
        {
          ...ports.aliases,
          move: async (...move) => {
            order.push("alias");
            throw new PipelineError("EndpointBusy", `No move of ${move[0]} in this test.`);
          },
        },
      );
      await expect(DeployModelEndpoint(challenger)).rejects.toMatchObject({ name: "EndpointBusy" });
      expect(order).toEqual(["smoke test", "alias"]);
      await expectTheOldChampion();
    });

    const broken: readonly { what: string; change: Partial<EndpointHost>; reason: RegExp }[] = [
      {
        what: "scores differ",
        change: staging((staged) => ({
          score: async (rows) => {
            const answer = await staged.score(rows);
            return { ...answer, scores: answer.scores.map((score) => score + 0.001) };
          },
        })),
        reason: /its scores differ by up to 0.001/,
      },
      {
        what: "scores are missing",
        change: staging((staged) => ({ score: async (rows) => ({ ...(await staged.score(rows)), scores: [] }) })),
        reason: /differ by up to Infinity/,
      },
      {
        what: "another version answers",
        change: staging((staged) => ({
          score: async (rows) => ({ ...(await staged.score(rows)), modelVersion: "v0" }),
        })),
        reason: /answered as v0/,
      },
      {
        what: "callers still get another version after the switch",
        change: { score: async () => ({ scores: [], modelVersion: "v0" }) },
        reason: /after the switch the endpoint answered as v0/,
      },
    ];

    test.each(broken)("is rolled back when $what", async ({ what, change, reason }) => {
      // Another reason for the same step: what failed for good is remembered by its inputs.
      const event = { ...challenger, asOf: `2026-10-01T00:00:0${broken.findIndex((one) => one.what === what)}Z` };
      const deployed = await over(change).DeployModelEndpoint(event);
      expect(deployed).toMatchObject({ status: "ROLLED_BACK", serving: champion.serving });
      expect(deployed.reason).toMatch(reason);
      await expectTheOldChampion();
    });

    test("gives up its part of the callers even when the alias cannot be moved back", async () => {
      const moves: string[] = [];
      const { DeployModelEndpoint } = over(
        staging((staged) => ({
          promote: async () => {
            throw new PipelineError("DeploymentRolledBack", "An alarm spoke.");
          },
          discard: async () => {
            moves.push("discarded");
            await staged.discard();
          },
        })),
        {
          ...ports.aliases,
          move: async (_modelId, _expected, { champion: to }) => {
            moves.push(to?.version ?? "nobody");
            if (to?.version === champion.serving) throw new PipelineError("TransientDependencyError", "Throttled.");
          },
        },
      );
      const event = { ...challenger, asOf: "2026-10-01T00:01:00Z" };
      await expect(DeployModelEndpoint(event)).rejects.toMatchObject({ name: "TransientDependencyError" });
      expect(moves).toEqual([versionOf(challenger), champion.serving, "discarded"]);
    });

    test("does not happen for a rejected or stopped run, and says who serves", async () => {
      const rejected = await evaluate("2026-10", { gate: { leastAuc: 1 } });
      expect(await run.DeployModelEndpoint(rejected)).toMatchObject({
        status: "NOT_DEPLOYED",
        serving: champion.serving,
        reason: "The decision is REJECT.",
      });
      const stopped = { ...itemOf("auth-decline"), outcome: "SKIPPED", stoppedAt: "ingest", error: "E", reason: "r" };
      expect(await run.DeployModelEndpoint(stopped)).toMatchObject({
        status: "NOT_DEPLOYED",
        serving: champion.serving,
        reason: "SKIPPED at ingest: E",
      });
    });

    test("ends as data when the model's file is damaged, and the champion serves on", async () => {
      const event = await evaluate("2026-10", { gate: { leastAuc: 0.5 } });
      if (event.outcome !== "OK") throw new Error("not evaluated");
      const damaged = await ports.objects.write("jobs/damaged/model.json", '{"learner": {"objective":');
      const deployed = await run.DeployModelEndpoint({
        ...event,
        training: { ...event.training, modelUri: damaged.uri },
      });
      expect(deployed).toMatchObject({ status: "NOT_DEPLOYED", serving: champion.serving });
      expect(deployed.reason).toMatch(/^ModelArtifactCorruptError/);
      await expectTheOldChampion();
    });
  });

  test("evaluation names a model file that is not what was written", async () => {
    const item = itemOf("chargeback-risk");
    const trained = await run.LaunchTrainingJob(await run.PreprocessFeatures(await run.IngestTrainingData(item)));
    if (trained.outcome !== "OK") throw new Error("not trained");
    await writeFile(await ports.objects.localPath(trained.training.modelUri), "{}");
    const evaluated = await run.EvaluateModel(trained);
    expect(evaluated).toMatchObject({ outcome: "FAILED", stoppedAt: "evaluate", error: "ModelArtifactCorruptError" });
    expect(JSON.stringify(evaluated)).toContain(trained.training.modelUri);
  });
});
