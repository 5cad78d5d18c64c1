/** The code that a Lambda function shall run. The function itself, its role and its settings come from a template. */
import { createHash } from "node:crypto";
import { zipSync } from "fflate";
import type { Zippable } from "fflate";

export interface DesiredFunction {
  /** The `${Name}` of the definition that gets the ARN of the published version. */
  readonly substitution: string;
  /** Without version or alias. */
  readonly arn: string;
  readonly code: FunctionCode;
}

export interface FunctionCode {
  /** A zip archive. */
  readonly archive: Uint8Array;
  /** Of the archive, in Base64: what Lambda calls CodeSha256. */
  readonly sha256: string;
}

/** By substitution: the ARN of the version that the definition gets. */
export type PinnedVersions = Readonly<Record<string, string>>;

/**
 * The same files give the same bytes on every machine: in the order of their names, without times, and compressed by
 * JavaScript; zlib's result depends on its build.
 *
 * @param files  by their path within the archive, with `/`
 */
export function functionCode(files: Readonly<Record<string, Uint8Array>>): FunctionCode {
  const entries: Zippable = {};
  for (const name of Object.keys(files).toSorted()) {
    entries[name] = [files[name] as Uint8Array, readableFile];
  }
  const archive = zipSync(entries);
  return { archive, sha256: createHash("sha256").update(archive).digest("base64") };
}

/** Lambda runs as another user than the owner: everybody may read. The time is the earliest of the format. */
const readableFile = { level: 9, mtime: new Date(1980, 0, 1), os: 3, attrs: 0o100_644 << 16 } as const;
