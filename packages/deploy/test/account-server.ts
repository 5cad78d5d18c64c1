/** A scripted account behind HTTP: Step Functions speaks AWS JSON 1.0, Lambda REST. */
import type { FunctionsClient } from "../src/functions/functions-client.ts";
import { httpServer, operationOf } from "./http-server.ts";
import type { HttpAnswer, HttpRequest, HttpServer } from "./http-server.ts";
import type { ScriptedAccount } from "./scripted-account.ts";

export async function accountServer(account: ScriptedAccount): Promise<HttpServer> {
  return httpServer(async (request) => {
    try {
      const answer = await (operationOf(request) === undefined
        ? callLambda(request, await account.functions())
        : callStates(request, account.states));
      return { status: 200, headers, body: JSON.stringify(withEpochSeconds(answer)) };
    } catch (error) {
      return refusal(error as Error);
    }
  });
}

const headers = { "content-type": "application/x-amz-json-1.0" };

function refusal({ name, message }: Error): HttpAnswer {
  const status = name === "InternalServerError" ? 500 : name === "TooManyRequestsException" ? 429 : 400;
  const body = JSON.stringify({ __type: `com.amazonaws#${name}`, message });
  return { status, headers: { ...headers, "x-amzn-errortype": name }, body };
}

async function callStates(request: HttpRequest, states: ScriptedAccount["states"]): Promise<unknown> {
  const operation = operationOf(request) ?? "";
  const call = `${operation.charAt(0).toLowerCase()}${operation.slice(1)}` as keyof typeof states;
  const perform = states[call] as ((input: unknown) => Promise<unknown>) | undefined;
  if (perform === undefined) throw Object.assign(new Error(operation), { name: "UnknownOperationException" });
  return perform(JSON.parse(request.body));
}

/** `PUT …/code` and so on, as the API reference has them. */
const lambdaRoutes: Readonly<Record<string, keyof FunctionsClient>> = {
  "GET configuration": "getFunctionConfiguration",
  "GET versions": "listVersionsByFunction",
  "PUT code": "updateFunctionCode",
  "POST versions": "publishVersion",
  "DELETE ": "deleteFunction",
};

async function callLambda({ method, path, query, body }: HttpRequest, client: FunctionsClient): Promise<unknown> {
  const [, FunctionName = "", what = ""] = /^\/2015-03-31\/functions\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
  const call = lambdaRoutes[`${method} ${what}`];
  if (call === undefined) throw Object.assign(new Error(path), { name: "UnknownOperationException" });
  const { ZipFile, ...sent } = (body === "" ? {} : JSON.parse(body)) as Record<string, unknown>;
  const archive = typeof ZipFile === "string" ? { ZipFile: Buffer.from(ZipFile, "base64") } : {};
  const perform = client[call] as (input: unknown) => Promise<unknown>;
  return perform({ FunctionName, ...query, ...sent, ...archive });
}

/** The wire's form of dates. */
function withEpochSeconds(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(withEpochSeconds);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withEpochSeconds(member)]));
}
