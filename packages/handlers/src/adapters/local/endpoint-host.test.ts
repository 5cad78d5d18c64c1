import { request } from "node:http";
import { afterAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/small-world.ts";
import {
  createPredictor,
  featureMatrix,
  labelledMatrix,
  trainBoostedTrees,
  writeXgboostDocument,
} from "../../learning/index.ts";
import type { ServingVersion } from "../../ports.ts";
import { localAliasStore } from "./alias-store.ts";
import { localEndpointHost } from "./endpoint-host.ts";
import { localObjectStore } from "./object-store.ts";

describe("the endpoint", async () => {
  const home = await temporaryFolder();
  const objects = localObjectStore(home);
  const aliases = localAliasStore(home, { nowEpochMs: () => Date.now() });
  const host = localEndpointHost({ objects, aliases });
  afterAll(() => host.close());
  const trees = trainBoostedTrees(
    labelledMatrix(
      ["amount", "hour"],
      [
        Float32Array.from({ length: 400 }, (_, row) => row % 40),
        Float32Array.from({ length: 400 }, (_, row) => row % 24),
      ],
      Uint8Array.from({ length: 400 }, (_, row) => (row % 40 > 30 ? 1 : 0)),
    ),
    undefined,
    { num_round: 5, max_depth: 3 },
  );
  const model = await objects.write("model.json", writeXgboostDocument(trees));
  const version: ServingVersion = {
    version: "2026-09-aaaaaaaa",
    modelUri: model.uri,
    modelSha256: model.sha256,
    baselineUri: "",
    featureNames: ["amount", "hour"],
  };
  await aliases.move("card-fraud", undefined, { champion: version });
  const scoreOf = (amount: number, hour: number) =>
    createPredictor(trees).probabilities(
      featureMatrix(["amount", "hour"], [Float32Array.of(amount), Float32Array.of(hour)]),
    )[0];
  const post = async (body: string, type = "application/json", path = "/models/card-fraud/invocations") => {
    const response = await fetch(`${await host.open()}${path}`, {
      method: "POST",
      body,
      headers: { "content-type": type },
    });
    return { status: response.status, version: response.headers.get("x-model-version"), body: await response.text() };
  };

  test("serves whom the alias names, from the first request on", async () => {
    const answer = await post('{"instances": [[35, 2], [1, 2]]}');
    expect(answer).toMatchObject({ status: 200, version: "2026-09-aaaaaaaa" });
    expect(JSON.parse(answer.body)).toEqual({ predictions: [{ score: scoreOf(35, 2) }, { score: scoreOf(1, 2) }] });
  });

  test("takes rows by name, where an absent or null feature is missing", async () => {
    const [named, listed] = [await post('{"instances": [{"amount": 35}]}'), await post('{"instances": [[35, null]]}')];
    expect(named.status).toBe(200);
    expect(named.body).toBe(listed.body);
  });

  test("takes and gives CSV", async () => {
    const answer = await post("35,2\n1,\n", "text/csv; charset=utf-8");
    expect(answer.status).toBe(200);
    expect(answer.body.trim().split("\n").map(Number)).toEqual([scoreOf(35, 2), scoreOf(1, Number.NaN)]);
  });

  test.each([
    [400, '{"instances": [[1]]}', "application/json", "Row 0 has 1 values; the model expects 2."],
    [400, '{"instances": [[1, "2"]]}', "application/json", 'Row 0, feature \\"hour\\": \\"2\\" is no number.'],
    [
      400,
      '{"instances": [{"colour": 1}]}',
      "application/json",
      'Row 0 has the feature \\"colour\\"; the model knows amount, hour.',
    ],
    [400, '{"__proto__": {"instances": []}}', "application/json", 'The body has no list \\"instances\\".'],
    [400, "{", "application/json", "JSON"],
    [400, "a,b", "text/csv", "is no number"],
    [415, "<row/>", "text/xml", "text/xml is not known; wanted application/json or text/csv."],
    [413, " ".repeat(6 * 1_024 * 1_024 + 1), "application/json", "The body is longer than"],
  ])("refuses with %i: %.40j", async (status, body, type, message) => {
    const answer = await post(body, type);
    expect(answer.status).toBe(status);
    expect(answer.body).toContain(message);
  });

  test("knows no other model, no other path and no traversal", async () => {
    const paths = ["/models/auth-decline/invocations", "/models/..%2F..%2Fetc/invocations", "/"];
    const answers = await Promise.all(paths.map((path) => post("{}", "application/json", path)));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect((await fetch(`${await host.open()}/models/card-fraud/invocations`)).status).toBe(405);
    expect((await fetch(`${await host.open()}/ping`)).status).toBe(200);
  });

  test("refuses a caller that came by another host's name", async () => {
    const { port } = new URL(await host.open());
    const status = await new Promise((resolve, reject) => {
      request({ host: "127.0.0.1", port, path: "/ping", headers: { host: "evil.example" } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(status).toBe(403);
  });

  test("tries a staged version beside the one that serves", async () => {
    const staged = await host.stage("card-fraud", { ...version, version: "2026-10-bbbbbbbb" });
    expect((await staged.score([[35, 2]])).modelVersion).toBe("2026-10-bbbbbbbb");
    expect((await host.score("card-fraud", [[35, 2]])).modelVersion).toBe("2026-09-aaaaaaaa");
    await staged.promote();
    expect((await host.score("card-fraud", [])).modelVersion).toBe("2026-10-bbbbbbbb");
    await staged.discard();
    expect((await host.score("card-fraud", [])).modelVersion).toBe("2026-09-aaaaaaaa");
  });

  test("does not stage a version whose features are others", async () => {
    const staged = host.stage("card-fraud", { ...version, featureNames: ["amount", "minute"] });
    await expect(staged).rejects.toMatchObject({ name: "FeatureSchemaMismatchError" });
  });
});
