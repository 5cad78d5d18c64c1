/** The functions of an account of AWS Lambda in memory, as far as a deployment sees them. */
import { createHash } from "node:crypto";
import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import type { FunctionsClient } from "../src/functions/functions-client.ts";

export interface ScriptedFunctions {
  readonly client: FunctionsClient;
  /** What a template creates; its settings, when it is there already. */
  putFunction(arn: string, settings?: Partial<FunctionConfiguration>): void;
  /** Of the functions's own code, and by version. */
  codeOf(arn: string): Readonly<Record<string, string>>;
  /** An alias of a function leads to the version from now on. */
  aliasTo(versionArn: string): void;
}

interface StoredFunction {
  latest: FunctionConfiguration;
  versions: readonly FunctionConfiguration[];
  lastVersion: number;
  /** By the account's clock: an update is under way until then. */
  readyAtEpochMs: number;
}

/** @param now  the account's clock */
export function scriptedFunctions(now: () => number, updateMs: number): ScriptedFunctions {
  const functions = new Map<string, StoredFunction>();
  const aliased = new Set<string>();
  let revisions = 0;

  const functionAt = (arn = "") => {
    const found = functions.get(arn);
    if (found === undefined) throw awsError("ResourceNotFoundException", `Function not found: ${arn}`);
    return found;
  };
  const refuseOther = (stored: StoredFunction, revisionId: string | undefined) => {
    if (now() < stored.readyAtEpochMs) {
      throw awsError("ResourceConflictException", "The operation cannot be performed at this time.");
    }
    if (revisionId !== undefined && revisionId !== stored.latest.RevisionId) {
      throw awsError("PreconditionFailedException", "The Revision Id provided does not match the latest Revision Id.");
    }
  };
  const publish = (stored: StoredFunction): FunctionConfiguration => {
    const [newest] = stored.versions;
    if (newest !== undefined && frozen(newest) === frozen(stored.latest)) return newest;
    const version = { ...stored.latest, Version: String(++stored.lastVersion) };
    stored.versions = [version, ...stored.versions];
    return version;
  };
  const state = ({ readyAtEpochMs }: StoredFunction, version: FunctionConfiguration): FunctionConfiguration => {
    const isReady = now() >= readyAtEpochMs;
    return version.Version === "$LATEST"
      ? { State: "Active", LastUpdateStatus: isReady ? "Successful" : "InProgress", ...version }
      : { State: isReady ? "Active" : "Pending", ...version };
  };

  const client: FunctionsClient = {
    async getFunctionConfiguration({ FunctionName, Qualifier }) {
      const stored = functionAt(FunctionName);
      const found =
        Qualifier === undefined ? stored.latest : stored.versions.find((version) => version.Version === Qualifier);
      if (found === undefined) throw awsError("ResourceNotFoundException", `${FunctionName}:${Qualifier}`);
      return state(stored, found);
    },
    async listVersionsByFunction({ FunctionName, Marker }) {
      const { latest, versions } = functionAt(FunctionName);
      // As AWS lists them, oldest first; two a page, so that a reader who forgets the next page is noticed.
      const all = [latest, ...versions.toReversed()];
      const from = Number(Marker ?? 0);
      return {
        Versions: all.slice(from, from + 2),
        ...(all.length > from + 2 ? { NextMarker: String(from + 2) } : {}),
      };
    },
    async updateFunctionCode({ FunctionName, ZipFile, Publish, RevisionId }) {
      const stored = functionAt(FunctionName);
      refuseOther(stored, RevisionId);
      stored.latest = { ...stored.latest, CodeSha256: sha256(ZipFile), RevisionId: `function-${++revisions}` };
      stored.readyAtEpochMs = now() + updateMs;
      return state(stored, Publish === true ? publish(stored) : stored.latest);
    },
    async publishVersion({ FunctionName, CodeSha256, RevisionId }) {
      const stored = functionAt(FunctionName);
      refuseOther(stored, RevisionId);
      if (CodeSha256 !== stored.latest.CodeSha256)
        throw awsError("InvalidParameterValueException", "CodeSHA256 differs");
      return state(stored, publish(stored));
    },
    async deleteFunction({ FunctionName, Qualifier }) {
      const stored = functionAt(FunctionName);
      if (aliased.has(`${FunctionName}:${Qualifier}`)) {
        throw awsError("ResourceConflictException", "Version is referenced by aliases.");
      }
      stored.versions = stored.versions.filter((version) => version.Version !== Qualifier);
      return {};
    },
  };

  return {
    client,
    putFunction(arn, settings = {}) {
      const known = functions.get(arn);
      const created = { Runtime: "nodejs22.x" as const, MemorySize: 512, CodeSha256: "of the template" };
      const latest = { ...(known?.latest ?? created), ...settings, RevisionId: `function-${++revisions}` };
      functions.set(arn, {
        latest: { ...latest, FunctionName: arn.split(":").at(-1), Version: "$LATEST" },
        versions: known?.versions ?? [],
        lastVersion: known?.lastVersion ?? 0,
        readyAtEpochMs: 0,
      });
    },
    codeOf: (arn) =>
      Object.fromEntries(
        [functionAt(arn).latest, ...functionAt(arn).versions].map(({ Version = "", CodeSha256 = "" }) => [
          Version,
          CodeSha256,
        ]),
      ),
    aliasTo: (versionArn) => void aliased.add(versionArn),
  };
}

function frozen({ Version: _version, RevisionId: _revisionId, ...settings }: FunctionConfiguration): string {
  return JSON.stringify(settings);
}

function sha256(bytes: Uint8Array = new Uint8Array()): string {
  return createHash("sha256").update(bytes).digest("base64");
}

function awsError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
