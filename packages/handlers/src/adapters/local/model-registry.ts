/** Versions of models, a folder each, written once. */
import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { PipelineError } from "../../failures.ts";
import type { ModelRecord, ModelRegistry, ObjectReader } from "../../ports.ts";
import { isMissingFile, nodeFiles, readJsonIfPresent } from "./atomic-file.ts";
import type { FileOperations } from "./atomic-file.ts";
import { safeSegment } from "./safe-segment.ts";

export function localModelRegistry(
  root: string,
  objects: ObjectReader,
  files: FileOperations = nodeFiles,
): ModelRegistry {
  const versionsFolder = (modelId: string) => path.join(root, safeSegment(modelId), "versions");
  const folderOf = (modelId: string, version: string) => path.join(versionsFolder(modelId), safeSegment(version));
  const find = (modelId: string, version: string) =>
    readJsonIfPresent<ModelRecord>(path.join(folderOf(modelId, version), "record.json"));

  async function write(record: ModelRecord, folder: string): Promise<void> {
    const beside = path.join(path.dirname(folder), `.${record.version}.${randomUUID().slice(0, 8)}.part`);
    await mkdir(beside, { recursive: true });
    try {
      const { card, ...facts } = record;
      await files.writeFile(path.join(beside, "model.json"), await objects.read(record.modelUri));
      await files.writeFile(path.join(beside, "card.md"), card);
      await files.writeFile(path.join(beside, "record.json"), `${JSON.stringify(facts, null, 2)}\n`);
      await rename(beside, folder);
    } finally {
      await rm(beside, { recursive: true, force: true });
    }
  }

  return {
    find,
    register: async (record) => {
      const folder = folderOf(record.modelId, record.version);
      let found = await find(record.modelId, record.version);
      if (found === undefined) {
        try {
          await write(record, folder);
        } catch (error) {
          found = await find(record.modelId, record.version);
          if (found === undefined) throw error;
        }
      }
      if (found !== undefined && found.modelSha256 !== record.modelSha256) {
        throw new PipelineError(
          "RegistryConflictError",
          `${record.modelId} ${record.version} is registered with the model ${found.modelSha256}; wanted ${record.modelSha256}.`,
        );
      }
      return { recordUri: pathToFileURL(path.join(folder, "record.json")).href };
    },
    versions: async (modelId) => {
      try {
        return (await readdir(versionsFolder(modelId))).filter((name) => !name.startsWith(".")).toSorted();
      } catch (error) {
        if (isMissingFile(error)) return [];
        throw error;
      }
    },
  };
}
