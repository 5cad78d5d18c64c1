/** Which version of a model is `champion` and which was before it: the only file of the registry that changes. */
import { mkdir, readdir, rmdir, stat } from "node:fs/promises";
import path from "node:path";
import { PipelineError } from "../../failures.ts";
import type { Aliases, AliasStore, Clock } from "../../ports.ts";
import { isMissingFile, nodeFiles, readJsonIfPresent, writeFileAtomically } from "./atomic-file.ts";
import type { FileOperations } from "./atomic-file.ts";
import { safeSegment } from "./safe-segment.ts";

/** A lock older than this was left by a process that died. */
const staleLockMs = 30_000;

export function localAliasStore(root: string, clock: Clock, files: FileOperations = nodeFiles): AliasStore {
  const fileOf = (modelId: string) => path.join(root, safeSegment(modelId), "aliases.json");
  const read = async (modelId: string) => (await readJsonIfPresent<Aliases>(fileOf(modelId))) ?? {};

  return {
    read,
    champions: async () => {
      const names = await readdir(root).catch((error: unknown) => {
        if (isMissingFile(error)) return [];
        throw error;
      });
      const models = names.filter((name) => !name.startsWith(".")).toSorted();
      const all = await Promise.all(models.map(read));
      return models.filter((_, index) => all[index]?.champion !== undefined);
    },
    move: (modelId, expectedChampion, aliases) =>
      locked(`${fileOf(modelId)}.lock`, modelId, clock, async () => {
        const champion = (await read(modelId)).champion?.version;
        if (champion !== expectedChampion) {
          throw new PipelineError(
            "EndpointBusy",
            `The champion of ${modelId} is ${champion ?? "nobody"}; this deployment began when it was ${expectedChampion ?? "nobody"}.`,
          );
        }
        await writeFileAtomically(fileOf(modelId), `${JSON.stringify(aliases, null, 2)}\n`, files);
      }),
  };
}

async function locked(lock: string, modelId: string, clock: Clock, work: () => Promise<void>): Promise<void> {
  await mkdir(path.dirname(lock), { recursive: true });
  try {
    await mkdir(lock);
  } catch (error) {
    const heldSinceMs = await stat(lock).then(
      (facts) => facts.mtimeMs,
      () => 0,
    );
    if (clock.nowEpochMs() - heldSinceMs < staleLockMs) {
      throw new PipelineError("EndpointBusy", `Another deployment of ${modelId} is under way.`, { cause: error });
    }
  }
  try {
    await work();
  } finally {
    await rmdir(lock).catch(() => undefined);
  }
}
