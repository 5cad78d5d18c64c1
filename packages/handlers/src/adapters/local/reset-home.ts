import { rm } from "node:fs/promises";
import path from "node:path";

/** Removes what worlds and runs left below `home`, and nothing else that may lie there. */
export async function resetHome(home: string): Promise<void> {
  await Promise.all(homeFolders.map((folder) => rm(path.join(home, folder), { recursive: true, force: true })));
}

const homeFolders = ["worlds", "runs", "jobs", "ledger", "registry", "outbox", "making"];
