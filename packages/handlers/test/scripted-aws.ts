/** As much of AWS as the adapters ask for, in memory, behind a real HTTP server; it keeps what it was asked. */
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { createTar, parseTar } from "nanotar";
import { afterAll } from "vitest";
import { duckDbEngine } from "../src/adapters/duckdb-engine.ts";
import { Refused } from "./refused.ts";
import { scriptedLambda } from "./scripted-lambda.ts";
import type { ScriptedLambda } from "./scripted-lambda.ts";
import { createPredictor, readXgboostDocument, trainInWorker, writeXgboostDocument } from "../src/learning/index.ts";

// oxlint-disable unicorn/consistent-function-scoping, typescript/no-misused-promises, typescript/no-explicit-any, typescript/no-unsafe-member-access, typescript/no-unsafe-assignment, typescript/no-unsafe-argument, typescript/no-unsafe-call, typescript/no-unsafe-return -- bodies as they come over the wire
export interface Asked {
  readonly operation: string;
  readonly body: any;
  readonly headers: NodeJS.Dict<string | string[]>;
}

export interface ScriptedAws {
  readonly url: string;
  readonly asked: Asked[];
  readonly objects: Map<string, Buffer>;
  readonly jobs: Map<string, any>;
  readonly endpoints: Map<string, any>;
  readonly lambda: ScriptedLambda;
  /** Consulted first; what it throws or gives is the answer, or its headers for `HEAD` or `GET bucket/key`. */
  readonly overrides: Map<string, (body: any) => any>;
}

export function refusal(code: string, message?: string): Error {
  return new Refused(code, message);
}

export async function scriptedAws(folder: string): Promise<ScriptedAws> {
  const [asked, objects, items] = [[] as Asked[], new Map<string, Buffer>(), new Map<string, any>()];
  const [jobs, models, configs, endpoints, groups] = [new Map(), new Map(), new Map(), new Map(), new Set()];
  const overrides: ScriptedAws["overrides"] = new Map();
  const bytesOf = (uri: string) => {
    const found = objects.get(uri.replace("s3://", ""));
    if (found === undefined) throw new Refused("NoSuchKey", uri, 404);
    return found;
  };
  const idOf = (key: any) => `${key.pk.S}|${key.sk.S}`;
  const endpointOf = (name: string) => {
    const found = endpoints.get(name);
    if (found === undefined) throw new Refused("ValidationException", `Could not find endpoint "${name}".`);
    return found;
  };

  const operations: Record<string, (body: any) => unknown> = {
    GetItem: ({ Key }) => ({ Item: items.get(idOf(Key)) }),
    PutItem: ({ Item, ConditionExpression: condition, ExpressionAttributeValues: values }) => {
      const there = items.get(idOf(Item));
      const holds =
        condition === "attribute_not_exists(pk)"
          ? there === undefined
          : there?.champion?.S === values?.[":expected"]?.S;
      if (!holds) throw new Refused("ConditionalCheckFailedException");
      items.set(idOf(Item), Item);
      return {};
    },
    UpdateItem: ({
      Key,
      UpdateExpression: text,
      ExpressionAttributeNames: names = {},
      ExpressionAttributeValues: values,
    }) => {
      const item = items.get(idOf(Key)) ?? { ...Key };
      items.set(idOf(Key), item);
      const [, field = "", expression = ""] = /SET (\S+) = (if_not_exists\([^)]*\)|\S+)/.exec(text) ?? [];
      const [, value = ""] = /(:\w+)/.exec(expression) ?? [];
      const name = names[field] ?? field;
      if (field !== "" && !(expression.startsWith("if") && item[name] !== undefined)) item[name] = values[value];
      if (text.includes("REMOVE")) delete item.attempts;
      if (text.startsWith("ADD")) item.attempts = { N: String(Number(item.attempts?.N ?? 0) + 1) };
      return { Attributes: item };
    },
    Query: ({ ExpressionAttributeValues: values }) => ({
      Items: [...items.keys()]
        .filter((id) => id.startsWith(`${values[":pk"].S}|${values[":version"].S}`))
        .toSorted()
        .map((id) => ({ sk: { S: id.split("|")[1] } })),
    }),
    // Two a page, so that every list of any length has a second.
    Scan: ({ ExclusiveStartKey: start }) => {
      const champions = [...items.values()].filter((item) => item.sk.S === "ALIASES" && item.champion !== undefined);
      const from = Number(start?.pk.S ?? 0);
      return {
        Items: champions.slice(from, from + 2).map(({ pk }) => ({ pk })),
        ...(from + 2 < champions.length && { LastEvaluatedKey: { pk: { S: String(from + 2) } } }),
      };
    },
    CreateTrainingJob: async (body) => {
      const name = body.TrainingJobName;
      if (jobs.has(name)) throw new Refused("ResourceInUse", `${name} exists`);
      const engine = duckDbEngine();
      const read = async (channel: any) => {
        const file = path.join(folder, `${name}-${channel.ChannelName}.parquet`);
        await writeFile(file, bytesOf(channel.DataSource.S3DataSource.S3Uri));
        return engine.session((session) => session.labelledMatrix(`SELECT * FROM '${file}'`, "label"));
      };
      const [train, validation] = [await read(body.InputDataConfig[0]), await read(body.InputDataConfig[1])];
      await engine.close();
      const own = new Set(["objective", "eval_metric", "tree_method"]);
      const given = Object.entries<string>(body.HyperParameters).filter(([key]) => !own.has(key));
      const parameters = Object.fromEntries(given.map(([key, value]) => [key, Number(value)]));
      const trees = await trainInWorker(train, validation, parameters);
      const model = writeXgboostDocument({ ...trees, featureNames: [] });
      const uri = `${body.OutputDataConfig.S3OutputPath}/${name}/output/model.tar.gz`;
      objects.set(uri.replace("s3://", ""), gzipSync(createTar([{ name: "xgboost-model", data: model }])));
      const base = { TrainingJobName: name, ModelArtifacts: { S3ModelArtifacts: uri }, TrainingTimeInSeconds: 77 };
      jobs.set(name, [
        { ...base, TrainingJobStatus: "InProgress" },
        { ...base, TrainingJobStatus: "Completed" },
      ]);
      return { TrainingJobArn: `arn:aws:sagemaker:eu-west-1:1:training-job/${name}` };
    },
    DescribeTrainingJob: ({ TrainingJobName: name }) => {
      const states = jobs.get(name);
      return states.length > 1 ? states.shift() : states[0];
    },
    CreateModelPackageGroup: ({ ModelPackageGroupName: name }) => {
      if (groups.has(name)) throw new Refused("ValidationException", "Model Package Group already exists: arn");
      groups.add(name);
      return { ModelPackageGroupArn: `arn:aws:sagemaker:eu-west-1:1:model-package-group/${name}` };
    },
    CreateModelPackage: ({ ModelPackageGroupName: name }) => ({
      ModelPackageArn: `arn:aws:sagemaker:eu-west-1:1:model-package/${name}/1`,
    }),
    CreateModel: (body) => (models.set(body.ModelName, body), { ModelArn: "arn:aws:sagemaker:eu-west-1:1:model/m" }),
    CreateEndpointConfig: (body) => (configs.set(body.EndpointConfigName, body), { EndpointConfigArn: "arn" }),
    CreateEndpoint: ({ EndpointName, EndpointConfigName }) => {
      endpoints.set(EndpointName, { EndpointConfigName, states: ["Creating", "InService"] });
      return { EndpointArn: "arn" };
    },
    UpdateEndpoint: ({ EndpointName, EndpointConfigName }) => {
      Object.assign(endpointOf(EndpointName), { pending: EndpointConfigName, states: ["Updating", "InService"] });
      return { EndpointArn: "arn" };
    },
    DescribeEndpoint: ({ EndpointName }) => {
      const found = endpointOf(EndpointName);
      const EndpointStatus = found.states.length > 1 ? found.states.shift() : found.states[0];
      if (EndpointStatus === "InService") found.EndpointConfigName = found.pending ?? found.EndpointConfigName;
      if (EndpointStatus !== "Updating") delete found.pending;
      return {
        EndpointName,
        EndpointConfigName: found.EndpointConfigName,
        EndpointStatus,
        ...(found.pending !== undefined && { PendingDeploymentSummary: { EndpointConfigName: found.pending } }),
      };
    },
    DeleteEndpoint: ({ EndpointName }) => (endpoints.delete(EndpointName), {}),
    PutEvents: () => ({ FailedEntryCount: 0, Entries: [{ EventId: "1" }] }),
    Publish: () => ({}),
  };

  function invoke(endpoint: string, body: string): string {
    const config = configs.get(endpointOf(endpoint).EndpointConfigName);
    const { ModelDataUrl } = models.get(config.ProductionVariants[0].ModelName).PrimaryContainer;
    const files = parseTar(Uint8Array.from(gunzipSync(bytesOf(ModelDataUrl))));
    if (files.length !== 1) throw new Error(`The archive holds ${files.length} files.`);
    const predictor = createPredictor(readXgboostDocument(files[0]!.data!));
    return body
      .split("\n")
      .map((row) => predictor.probability(row.split(",").map(Number)))
      .join(",");
  }

  const lambda = scriptedLambda(async (uri) => bytesOf(uri), overrides);
  const hex = (bytes: Buffer) => `"${createHash("md5").update(bytes).digest("hex")}"`;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const url = new URL(request.url ?? "/", "http://scripted");
    const target = String(request.headers["x-amz-target"] ?? "");
    const service = /eu-west-1\/([a-z0-9-]+)\/aws4/.exec(request.headers.authorization ?? "")?.[1];
    try {
      if (target !== "" || service === "sns") {
        const operation = target === "" ? "Publish" : target.split(".").at(-1)!;
        const body =
          service === "sns" ? Object.fromEntries(new URLSearchParams(bytes.toString())) : JSON.parse(bytes.toString());
        asked.push({ operation, body, headers: request.headers });
        const answer = await (overrides.get(operation)?.(body) ?? operations[operation]!(body));
        response.writeHead(200, { "content-type": service === "sns" ? "text/xml" : "application/x-amz-json-1.1" });
        response.end(
          service === "sns"
            ? "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>"
            : JSON.stringify(answer),
        );
        return;
      }
      if (url.pathname.startsWith("/2015-03-31/functions/")) {
        const answer = await lambda.call(`${request.method}`, url, bytes.toString());
        asked.push({ operation: answer.operation, body: answer.body, headers: request.headers });
        response.writeHead(200, { "content-type": "application/json", ...answer.headers });
        response.end(JSON.stringify(answer.output));
        return;
      }
      if (url.pathname.startsWith("/endpoints/")) {
        const [, , endpoint = ""] = url.pathname.split("/");
        asked.push({ operation: "InvokeEndpoint", body: bytes.toString(), headers: request.headers });
        response.writeHead(200, { "content-type": "text/csv" }).end(invoke(endpoint, bytes.toString()));
        return;
      }
      const key = decodeURIComponent(url.pathname.slice(1));
      asked.push({ operation: `${request.method} ${key}`, body: bytes.length, headers: request.headers });
      if (url.searchParams.has("list-type")) {
        const bucket = key.replace(/\/$/, "");
        const start = `${bucket}/${url.searchParams.get("prefix") ?? ""}`;
        const names = [...objects.keys()].filter((name) => name.startsWith(start)).toSorted();
        // Two a page, so that every list of any length has a second.
        const from = Number(url.searchParams.get("continuation-token") ?? 0);
        const contents = names.slice(from, from + 2).map((name) => {
          const found = objects.get(name)!;
          return `<Contents><Key>${name.slice(bucket.length + 1)}</Key><Size>${found.length}</Size><ETag>${hex(found).replaceAll('"', "&quot;")}</ETag></Contents>`;
        });
        const more = from + 2 < names.length ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : "";
        response.writeHead(200, { "content-type": "application/xml" });
        response.end(`<ListBucketResult>${contents.join("")}${more}</ListBucketResult>`);
        return;
      }
      if (request.method === "PUT") {
        if (request.headers["if-none-match"] === "*" && objects.has(key))
          throw new Refused("PreconditionFailed", key, 412);
        objects.set(key, bytes);
        response.writeHead(200, { etag: hex(bytes) }).end();
        return;
      }
      const found = bytesOf(key);
      const headers = overrides.get(`${request.method} ${key}`)?.(undefined);
      response.writeHead(
        200,
        headers ?? {
          etag: hex(found),
          "content-length": found.length,
          "x-amz-checksum-sha256": createHash("sha256").update(found).digest("base64"),
        },
      );
      response.end(request.method === "HEAD" ? undefined : found);
    } catch (error) {
      const { status, code, message } =
        error instanceof Refused ? error.refusal : { status: 500, code: "InternalFailure", message: String(error) };
      const json = target !== "" || url.pathname.startsWith("/2015-03-31/");
      response.writeHead(status, { "content-type": json ? "application/x-amz-json-1.1" : "application/xml" });
      response.end(
        json
          ? JSON.stringify({ __type: code, message })
          : request.method === "HEAD"
            ? undefined
            : `<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
      );
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, asked, objects, jobs, endpoints, overrides, lambda };
}
