import { access, readdir } from "node:fs/promises";
import path from "node:path";

/** How many clean monthly runs have left a report below `home`. */
export async function countFinishedMonths(home: string): Promise<number> {
  const folder = path.join(home, "runs");
  const runIds = (await readdir(folder).catch(() => [])).filter((name) => /^\d{4}-\d{2}$/.test(name));
  const reports = await Promise.allSettled(runIds.map((runId) => access(path.join(folder, runId, "report.html"))));
  return reports.filter((report) => report.status === "fulfilled").length;
}
