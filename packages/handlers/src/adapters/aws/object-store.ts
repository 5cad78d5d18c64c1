/**
 * Objects in S3. Each is written once: a second writer of the same key gets what the first one wrote, so that two
 * attempts of one step go on with the same bytes.
 *
 * What must be a file is fetched to the machine's temporary folder, under a name that follows from the ETag: a warm
 * function never takes an older object for the present one.
 */
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createWriteStream } from "node:fs";
import type { _Object, S3 } from "@aws-sdk/client-s3";
import { PipelineError } from "../../failures.ts";
import type { ArtifactRef, Clock, ListedObject, ObjectReader, ObjectStore } from "../../ports.ts";
import { sha256 } from "../../sha256.ts";
import { writeFailure } from "../write-failure.ts";
import type { ClientSettings } from "./client-settings.ts";
import { loadOnce } from "../../load-once.ts";
import { keyOf, uriOf } from "./s3-location.ts";
import type { S3Location } from "./s3-location.ts";
import { isSdkError } from "./sdk-error.ts";

export interface S3Options {
  readonly client: ClientSettings;
  /** Where files of this machine go: `/tmp` on Lambda. */
  readonly temporaryFolder: string;
  readonly clock: Clock;
}

/** Models and reports; tables are copied to files. What somebody else put there must not fill the memory. */
const mostReadBytes = 256 * 1024 * 1024;

/** No invocation of a function lasts longer, so nobody reads a copy that was last asked for before. */
const longestInvocationMs = 15 * 60_000;

/** The objects of one account, below one prefix or another; their copies are shared. */
export interface S3Objects {
  reader(location: S3Location): ObjectReader;
  store(location: S3Location): ObjectStore;
}

export function s3Objects({ client, temporaryFolder, clock }: S3Options): S3Objects {
  const connect = loadOnce(async () => {
    const { S3 } = await import("@aws-sdk/client-s3");
    // A server that is given by its address has no host name per bucket.
    return new S3({ ...client, forcePathStyle: client.endpoint !== undefined });
  });
  const copies = new Map<string, number>();

  function copyPath(uri: string, etag: string): string {
    const name = sha256(`${uri} ${etag}`).slice(0, 24);
    // A key may be longer than a file's name; the end tells what it holds.
    return path.join(temporaryFolder, `${name}-${path.posix.basename(uri).slice(-64)}`);
  }

  /** What nobody can be reading any more makes room. */
  async function dropOldCopies(): Promise<void> {
    const oldestEpochMs = clock.nowEpochMs() - longestInvocationMs;
    const old = [...copies].filter(([, usedEpochMs]) => usedEpochMs < oldestEpochMs).map(([file]) => file);
    for (const file of old) copies.delete(file);
    await Promise.all(old.map((file) => rm(file, { force: true })));
  }

  async function fetchCopy(location: S3Location, uri: string): Promise<string> {
    const s3 = await connect();
    const place = { Bucket: location.bucket, Key: keyOf(location, uri) };
    const { ETag = "" } = await found(uri, s3.headObject(place));
    const file = copyPath(uri, ETag);
    if (!copies.has(file)) {
      await dropOldCopies();
      const { Body } = await found(uri, s3.getObject({ ...place, ...(ETag !== "" && { IfMatch: ETag }) }));
      if (!(Body instanceof Readable))
        throw new PipelineError("TransientDependencyError", `${uri} came without bytes.`);
      await fillBeside(temporaryFolder, file, async (beside) => pipeline(Body, createWriteStream(beside)));
    }
    copies.set(file, clock.nowEpochMs());
    return file;
  }

  function reader(location: S3Location): ObjectReader {
    return {
      list: async (prefix) => listAll(await connect(), location, prefix),
      read: async (uri) => {
        const s3 = await connect();
        const place = { Bucket: location.bucket, Key: keyOf(location, uri) };
        const { Body, ContentLength = 0 } = await found(uri, s3.getObject(place));
        if (ContentLength > mostReadBytes) {
          if (Body instanceof Readable) Body.destroy();
          const message = `${uri} has ${ContentLength} bytes; wanted at most ${mostReadBytes} of what is read at once.`;
          throw new PipelineError("SourceUnreadableError", message);
        }
        return (await Body?.transformToByteArray()) ?? new Uint8Array();
      },
      localPath: (uri) => fetchCopy(location, uri),
    };
  }

  return {
    reader,
    store: (location) => {
      const put = async (key: string, bytes: Uint8Array) =>
        putOnce(await connect(), location, `${location.prefix}${key}`, bytes);
      return {
        ...reader(location),
        write: async (key, bytes) => (await put(key, typeof bytes === "string" ? Buffer.from(bytes) : bytes)).artifact,
        writeFile: async (key, produce) => {
          await dropOldCopies();
          const making = path.join(temporaryFolder, `making-${randomUUID()}`);
          try {
            await mkdir(temporaryFolder, { recursive: true });
            await produce(making);
            const bytes = await readFile(making);
            const { artifact, etag } = await put(typeof key === "function" ? key(sha256(bytes)) : key, bytes);
            if (etag !== undefined) {
              const copy = copyPath(artifact.uri, etag);
              await rename(making, copy);
              copies.set(copy, clock.nowEpochMs());
            }
            return artifact;
          } catch (error) {
            throw writeFailure(making, error);
          } finally {
            await rm(making, { force: true });
          }
        },
      };
    },
  };
}

interface Put {
  readonly artifact: ArtifactRef;
  /** Absent when somebody else had written the object. */
  readonly etag?: string;
}

async function putOnce(s3: S3, location: S3Location, key: string, bytes: Uint8Array): Promise<Put> {
  const place = { Bucket: location.bucket, Key: key };
  const uri = uriOf(location, key);
  try {
    const { ETag } = await s3.putObject({
      ...place,
      Body: bytes,
      ContentLength: bytes.length,
      // S3 computes it too, refuses bytes that changed on their way, and gives it back to whoever comes second.
      ChecksumSHA256: sha256(bytes, "base64"),
      IfNoneMatch: "*",
    });
    const artifact = { uri, sha256: sha256(bytes), bytes: bytes.length };
    return ETag === undefined ? { artifact } : { artifact, etag: ETag };
  } catch (error) {
    // 409 says that another writer is at it just now; it passes, and the state's Retry comes again.
    if (!isSdkError(error, "PreconditionFailed")) throw error;
    const { ChecksumSHA256, ContentLength = 0 } = await s3.headObject({ ...place, ChecksumMode: "ENABLED" });
    if (ChecksumSHA256 === undefined) {
      throw new PipelineError("SourceUnreadableError", `${uri} was written by somebody else, without a checksum.`, {
        cause: error,
      });
    }
    return { artifact: { uri, sha256: Buffer.from(ChecksumSHA256, "base64").toString("hex"), bytes: ContentLength } };
  }
}

async function listAll(s3: S3, location: S3Location, prefix: string): Promise<readonly ListedObject[]> {
  const contents: _Object[] = [];
  let token: string | undefined;
  do {
    const page = await s3.listObjectsV2({
      Bucket: location.bucket,
      Prefix: `${location.prefix}${prefix}`,
      ...(token !== undefined && { ContinuationToken: token }),
    });
    contents.push(...(page.Contents ?? []));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return contents.flatMap(({ Key = "", Size = 0, ETag = "" }) => {
    const name = path.posix.basename(Key);
    // Consoles make empty objects that stand for folders; writers leave marks that begin with a dot or "_".
    if (Key.endsWith("/") || name.startsWith(".") || name.startsWith("_")) return [];
    return [{ key: Key.slice(location.prefix.length), uri: uriOf(location, Key), bytes: Size, revision: ETag }];
  });
}

/** A reader never sees half a file. */
async function fillBeside(folder: string, file: string, fill: (beside: string) => Promise<void>): Promise<void> {
  const beside = path.join(folder, `fetching-${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(beside, "");
    await fill(beside);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw writeFailure(file, error);
  }
}

async function found<Answer>(uri: string, asking: Promise<Answer>): Promise<Answer> {
  try {
    return await asking;
  } catch (error) {
    // HEAD has no body, so that its 404 has no code.
    if (!isSdkError(error, "NoSuchKey", "NotFound")) throw error;
    throw new PipelineError("TransientDependencyError", `There is no object ${uri}.`, { cause: error });
  }
}
