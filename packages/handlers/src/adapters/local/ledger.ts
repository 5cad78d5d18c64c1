/** What was begun and what came out, a small file each. */
import { appendFile, link, mkdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Ledger, StepKey } from "../../ports.ts";
import { nodeFiles, produceFileAtomically, readJsonIfPresent } from "./atomic-file.ts";
import type { FileOperations } from "./atomic-file.ts";
import { safeSegment } from "./safe-segment.ts";

export function localLedger(root: string, files: FileOperations = nodeFiles): Ledger {
  const fileOf = (key: StepKey, kind: "result.json" | "attempts") =>
    path.join(
      root,
      safeSegment(key.runId),
      safeSegment(key.modelId),
      `${key.step}-${key.inputHash.slice(0, 16)}.${kind}`,
    );
  const forgetAttempts = (key: StepKey) => rm(fileOf(key, "attempts"), { force: true });

  return {
    result: (key) => readJsonIfPresent(fileOf(key, "result.json")),
    record: async (key, result, options) => {
      const place = options?.replace === true ? rename : linkOnce;
      await produceFileAtomically(
        fileOf(key, "result.json"),
        (beside) => files.writeFile(beside, `${JSON.stringify(result)}\n`),
        { ...files, rename: place },
      );
      await forgetAttempts(key);
    },
    beginAttempt: async (key) => {
      const file = fileOf(key, "attempts");
      await mkdir(path.dirname(file), { recursive: true });
      await appendFile(file, "|");
      return (await stat(file)).size;
    },
    forgetAttempts,
  };
}

/** Unlike a rename, a link never replaces. */
async function linkOnce(beside: string, target: string): Promise<void> {
  try {
    await link(beside, target);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  await rm(beside, { force: true });
}
