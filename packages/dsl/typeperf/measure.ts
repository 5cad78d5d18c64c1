/**
 * What a long chain costs the compiler, in type instantiations: a count that every machine repeats exactly,
 * unlike seconds. `pnpm typeperf` compares with the recorded baseline; `pnpm typeperf --update` records a new one;
 * `pnpm typeperf --compiler path/to/tsc` asks another version, for which the baseline is an upper bound too.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { parseArgs } from "node:util";
import { longChain } from "./long-chain.ts";

const packageFolder = path.join(import.meta.dirname, "..");
const baselineFile = path.join(import.meta.dirname, "baseline.json");
const { compiler: tsc = ownCompiler(), update = false } = parseArgs({
  options: { compiler: { type: "string" }, update: { type: "boolean" } },
}).values;

/** Growth beyond this is a failure, not noise: the counts have none. */
const allowedGrowth = 1.1;

/** What a chain may cost. Imports are not counted: here they are sources, for a user they are declarations. */
const ceilings: Readonly<Record<string, number>> = { "chain, 16": 40_000, "chain, 40": 135_000, "chain, 80": 400_000 };

const subjects: Readonly<Record<string, string>> = {
  "contracts, 40": longChain(40, "contracts"),
  "chain, 16": longChain(16, "machine"),
  "chain, 40": longChain(40, "machine"),
  "chain, 80": longChain(80, "machine"),
  "chain, 160": longChain(160, "machine"),
};

const baseline: Readonly<Record<string, number>> = JSON.parse(readFileSync(baselineFile, "utf8"));
const imports = instantiations(longChain(0, "contracts"));
const measured = Object.fromEntries(
  Object.entries(subjects).map(([name, text]) => [name, instantiations(text) - imports]),
);

for (const [name, count] of Object.entries(measured)) {
  const before = baseline[name];
  const ceiling = ceilings[name];
  const complaints = [
    ...(before !== undefined && count > before * allowedGrowth ? [`grew from ${before}`] : []),
    ...(ceiling !== undefined && count > ceiling ? [`more than ${ceiling}`] : []),
  ];
  console.log([name.padEnd(14), String(count).padStart(8), ...complaints].join("  "));
  if (complaints.length > 0) process.exitCode = 1;
}
if (update) writeFileSync(baselineFile, `${JSON.stringify(measured, null, 2)}\n`);

/** @throws Error with the compiler's output when the subject does not compile */
function instantiations(source: string): number {
  mkdirSync(path.join(packageFolder, "node_modules/.cache"), { recursive: true });
  const folder = mkdtempSync(path.join(packageFolder, "node_modules/.cache/typeperf-"));
  try {
    writeFileSync(path.join(folder, "subject.ts"), source);
    const configuration = { extends: path.join(packageFolder, "tsconfig.json"), include: ["subject.ts"] };
    writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(configuration));
    const report = execFileSync(process.execPath, [tsc, "-p", folder, "--extendedDiagnostics"], { encoding: "utf8" });
    return Number(/^Instantiations:\s+(\d+)/m.exec(report)?.[1]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function ownCompiler(): string {
  return path.join(path.dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
}
