import { readdir } from "node:fs/promises";
import path from "node:path";

/** How many clean monthly runs have left a report below `home`. */
export async function countReportedMonths(home: string): Promise<number> {
  const folder = path.join(home, "runs");
  const names = await readdir(folder).catch((): string[] => []);
  const months = names.filter((name) => /^\d{4}-\d{2}$/.test(name));
  const reports = await Promise.all(
    months.map((month) => readdir(path.join(folder, month, "report")).catch((): string[] => [])),
  );
  return reports.filter((files) => files.includes("report.html")).length;
}
