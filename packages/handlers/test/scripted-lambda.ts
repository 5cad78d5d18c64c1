/** As much of Lambda as serving models asks for: one function, its versions and its aliases. */
import { modelServer } from "../src/serving/model-server.ts";
import type { ObjectReader } from "../src/index.ts";
import { Refused } from "./refused.ts";

// oxlint-disable typescript/no-explicit-any, typescript/no-unsafe-member-access, typescript/no-unsafe-assignment, typescript/no-unsafe-argument, typescript/no-unsafe-call, typescript/no-unsafe-return -- bodies as they come over the wire
export interface ScriptedLambda {
  /** What is not published yet. */
  readonly latest: { environment: Record<string, string>; revision: number };
  /** By number. */
  readonly versions: Map<string, { readonly environment: Record<string, string>; readonly description: string }>;
  readonly aliases: Map<string, any>;
  call(method: string, url: URL, text: string): Promise<Called>;
}

interface Called {
  readonly operation: string;
  readonly body: any;
  readonly output: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const routes: Readonly<Record<string, string>> = {
  "GET configuration": "GetFunctionConfiguration",
  "PUT configuration": "UpdateFunctionConfiguration",
  "GET versions": "ListVersionsByFunction",
  "POST versions": "PublishVersion",
  "POST aliases": "CreateAlias",
  "GET aliases/*": "GetAlias",
  "PUT aliases/*": "UpdateAlias",
  "DELETE aliases/*": "DeleteAlias",
  "POST invocations": "Invoke",
};

/** @param left  how often it is still to be asked until it is done */
const settling = (left: number) =>
  left > 0 ? { State: "Pending", LastUpdateStatus: "InProgress" } : { State: "Active", LastUpdateStatus: "Successful" };

export function scriptedLambda(
  read: (uri: string) => Promise<Uint8Array>,
  overrides: ReadonlyMap<string, (body: any) => any>,
): ScriptedLambda {
  const latest = { environment: { KEPT: "yes" } as Record<string, string>, revision: 1, settling: 0 };
  const versions: ScriptedLambda["versions"] = new Map();
  const pending = new Map<string, number>();
  const aliases: ScriptedLambda["aliases"] = new Map();
  const revised = (wanted: unknown) => {
    if (wanted !== undefined && wanted !== String(latest.revision))
      throw new Refused("PreconditionFailedException", "", 412);
    latest.revision += 1;
  };
  const operations: Readonly<Record<string, (body: any, name: string, url: URL) => unknown>> = {
    GetFunctionConfiguration: (_body, _name, url) => {
      const number = url.searchParams.get("Qualifier");
      if (number === null) {
        const states = settling(latest.settling--);
        return { Environment: { Variables: latest.environment }, RevisionId: String(latest.revision), ...states };
      }
      const left = pending.get(number) ?? 0;
      pending.set(number, left - 1);
      return { Version: number, ...settling(left) };
    },
    UpdateFunctionConfiguration: ({ Environment, RevisionId }) => {
      revised(RevisionId);
      latest.environment = Environment.Variables;
      latest.settling = 1;
      return {};
    },
    // One a page, so that every list of any length has a second.
    ListVersionsByFunction: (_body, _name, url) => {
      const from = Number(url.searchParams.get("Marker") ?? 0);
      const all = [["$LATEST", ""], ...Array.from(versions, ([number, { description }]) => [number, description])];
      const [Version, Description] = all[from] ?? [];
      return { Versions: [{ Version, Description }], ...(from + 1 < all.length && { NextMarker: String(from + 1) }) };
    },
    PublishVersion: ({ RevisionId, Description }) => {
      revised(RevisionId);
      const number = String(versions.size + 1);
      versions.set(number, { environment: latest.environment, description: Description });
      pending.set(number, 1);
      return { Version: number };
    },
    CreateAlias: (body) => (aliases.set(body.Name, { ...body, revision: 1 }), body),
    GetAlias: (_body, name) => {
      const found = aliases.get(name);
      if (found === undefined) throw new Refused("ResourceNotFoundException", name, 404);
      return { ...found, RevisionId: String(found.revision) };
    },
    UpdateAlias: (body, name) => {
      const found = aliases.get(name);
      if (body.RevisionId !== String(found.revision)) throw new Refused("PreconditionFailedException", name, 412);
      const weights = Object.keys(body.RoutingConfig.AdditionalVersionWeights);
      if (weights.includes(body.FunctionVersion)) throw new Refused("InvalidParameterValueException", "same version");
      Object.assign(found, body, { Name: name, revision: found.revision + 1 });
      return { ...found, RevisionId: String(found.revision) };
    },
    DeleteAlias: (_body, name) => (aliases.delete(name), {}),
  };

  const objects = async () => ({ read }) as ObjectReader;

  async function invoke(body: any, url: URL): Promise<Pick<Called, "output" | "headers">> {
    const qualifier = url.searchParams.get("Qualifier") ?? "";
    const number = aliases.get(qualifier)?.FunctionVersion ?? qualifier;
    try {
      return { output: await modelServer({ environment: versions.get(number)!.environment, objects })(body) };
    } catch (error) {
      const { name: errorType, message: errorMessage } = error as Error;
      return { output: { errorType, errorMessage }, headers: { "x-amz-function-error": "Unhandled" } };
    }
  }

  return {
    latest,
    versions,
    aliases,
    call: async (method, url, text) => {
      const [kind = "", name = ""] = url.pathname.replace(/^\/2015-03-31\/functions\/[^/]+\//, "").split("/");
      const operation = routes[`${method} ${kind}${name === "" ? "" : "/*"}`] ?? `${method} ${url.pathname}`;
      const body = text === "" ? {} : JSON.parse(text);
      const override = overrides.get(operation);
      if (override !== undefined) return { operation, body, output: override(body) };
      if (operation === "Invoke") return { operation, body, ...(await invoke(body, url)) };
      return { operation, body, output: operations[operation]!(body, name, url) };
    },
  };
}
