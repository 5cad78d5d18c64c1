/**
 * Runs the cases of a folder in the corpus's format against our packages and says how they went.
 *
 *     pnpm conformance [--cases DIR] [--kind K] [--group G] [--over http] [--out DIR] [--json] [--record]
 *
 * Without `--cases` it runs our own cases, and the corpus where it is at hand. Exit code 1: a case that passed when the
 * baseline was recorded does not pass now. `--record` writes the baseline anew.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { corpusFolder, ownFolder, readCases } from "./case-files.ts";
import type { ConformanceCase } from "./case.ts";
import { runByKind, runOverHttpByKind } from "./kinds.ts";
import { printSummary, summarise } from "./summary.ts";
import { judge } from "./verdict.ts";
import type { KnownException, Verdict } from "./verdict.ts";

const baselineFile = join(ownFolder, "baseline.json");

const { values: options } = parseArgs({
  options: {
    cases: { type: "string" },
    kind: { type: "string" },
    group: { type: "string" },
    over: { type: "string" },
    out: { type: "string" },
    json: { type: "boolean", default: false },
    record: { type: "boolean", default: false },
  },
});

if (options.over !== undefined && options.over !== "http") {
  throw new Error(`--over is ${JSON.stringify(options.over)}; wanted http`);
}
const runners = options.over === "http" ? runOverHttpByKind : runByKind;

const cases = foldersToRead()
  .flatMap(readCases)
  .filter(({ kind }) => options.over === undefined || Object.hasOwn(runners, kind))
  .filter(({ kind }) => options.kind === undefined || kind === options.kind)
  .filter(({ group }) => options.group === undefined || group === options.group);
const baseline = new Set(JSON.parse(readFileSync(baselineFile, "utf8")) as readonly string[]);
const exceptions = JSON.parse(
  readFileSync(join(ownFolder, "known-exceptions.json"), "utf8"),
) as readonly KnownException[];

const verdicts: Verdict[] = [];
for (const conformanceCase of cases) {
  // One after the other: cases may share ports, clocks and folders.
  verdicts.push(await runCase(conformanceCase));
}
if (options.record) recordBaseline();
console.log(
  options.json ? JSON.stringify({ summary: summarise(verdicts), verdicts }, null, 2) : printSummary(verdicts),
);
const regressions = verdicts.filter(({ regressed }) => regressed).length;
if (regressions > 0 && !options.record) {
  console.error(`${regressions} case(s) that passed before do not pass now.`);
  process.exitCode = 1;
}

function foldersToRead(): readonly string[] {
  if (options.cases !== undefined) return [options.cases];
  const corpus = corpusFolder();
  if (corpus === undefined) {
    console.error("No corpus of recordings: only our own cases run. Name its folder in STEPWRIGHT_CONFORMANCE_DIR.");
    return [ownFolder];
  }
  return [ownFolder, corpus];
}

async function runCase(conformanceCase: ConformanceCase): Promise<Verdict> {
  const run = Object.hasOwn(runners, conformanceCase.kind) ? runners[conformanceCase.kind] : undefined;
  const outcome = await (run?.(conformanceCase) ?? {
    kind: "unsupported" as const,
    reason: `no such kind: ${conformanceCase.kind}`,
  });
  if (options.out !== undefined && outcome.kind === "ran") {
    mkdirSync(options.out, { recursive: true });
    writeFileSync(
      join(options.out, `${conformanceCase.id}.actual.json`),
      `${JSON.stringify(outcome.actual, null, 2)}\n`,
    );
  }
  return judge(conformanceCase, outcome, baseline, exceptions);
}

function recordBaseline(): void {
  const seen = new Set(verdicts.map(({ id }) => id));
  const passed = verdicts.filter(({ status }) => status === "passed").map(({ id }) => id);
  const ids = [...[...baseline].filter((id) => !seen.has(id)), ...passed].toSorted();
  writeFileSync(baselineFile, `${JSON.stringify(ids, null, 2)}\n`);
}
