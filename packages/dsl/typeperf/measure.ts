/**
 * What a long chain costs the compiler, in type instantiations: a count that every machine repeats exactly, unlike
 * seconds. `pnpm typeperf` compares every supported compiler with the recorded baseline and with what the counts may be
 * at most; `pnpm typeperf --update` records a new baseline.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { compilers } from "../test/compilers.ts";
import { longChain } from "./long-chain.ts";

const packageFolder = path.join(import.meta.dirname, "..");
const cacheFolder = path.join(packageFolder, "node_modules/.cache");
const baselineFile = path.join(import.meta.dirname, "baseline.json");
const { update = false } = parseArgs({ options: { update: { type: "boolean" } } }).values;

/** Growth beyond this is a failure, not noise: the counts have none. */
const allowedGrowth = 1.1;

/** What may be paid at most. Of the chains imports are not counted: there they are sources. */
const ceilings: Readonly<Record<string, number>> = {
  "one state": 1_000,
  "chain, 16": 40_000,
  "chain, 40": 135_000,
  "chain, 80": 400_000,
};

const subjects: Readonly<Record<string, string>> = {
  "contracts, 40": longChain(40, "contracts"),
  "chain, 16": longChain(16, "machine"),
  "chain, 40": longChain(40, "machine"),
  "chain, 80": longChain(80, "machine"),
  "chain, 160": longChain(160, "machine"),
};

type Counts = Readonly<Record<string, number>>;

const baseline: Readonly<Record<string, Counts>> = JSON.parse(readFileSync(baselineFile, "utf8"));
const measured: Readonly<Record<string, Counts>> = Object.fromEntries(
  Array.from(compilers, ([version, tsc]) => [version, measure(tsc)]),
);
for (const [version, counts] of Object.entries(measured)) {
  for (const [subject, count] of Object.entries(counts)) {
    const complaints = complain(count, baseline[version]?.[subject], ceilings[subject]);
    console.log([version, subject.padEnd(14), String(count).padStart(8), ...complaints].join("  "));
    if (complaints.length > 0) process.exitCode = 1;
  }
}
if (update) writeFileSync(baselineFile, `${JSON.stringify(measured, null, 2)}\n`);

function complain(count: number, before = Infinity, ceiling = Infinity): readonly string[] {
  return [
    ...(count > before * allowedGrowth ? [`grew from ${before}`] : []),
    ...(count > ceiling ? [`more than ${ceiling}`] : []),
  ];
}

function measure(tsc: string): Counts {
  const folder = scratchFolder();
  try {
    const imports = instantiations(tsc, folder, longChain(0, "contracts"));
    const chains = Object.entries(subjects).map(([name, text]) => [name, instantiations(tsc, folder, text) - imports]);
    return { "one state": oneState(tsc, folder), ...Object.fromEntries(chains) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the import and one state cost a user, who has the declarations of the packages in place of their sources. */
function oneState(tsc: string, folder: string): number {
  const rootDir = path.join(packageFolder, "../..");
  run(tsc, folder, {
    compilerOptions: { noEmit: false, declaration: true, emitDeclarationOnly: true, outDir: folder, rootDir },
    include: ["dsl", "asl"].map((name) => path.join(rootDir, "packages", name, "src/index.ts")),
  });
  const declarationsOf = (name: string) => [path.join(folder, `packages/${name}/src/index.d.ts`)];
  const paths = { "@stepwright/dsl": declarationsOf("dsl"), "@stepwright/asl": declarationsOf("asl") };
  const source = `import { machine, plain } from "@stepwright/dsl";
export const one = machine("One", { input: plain<{ id: string }>() }).pass("Only");`;
  return instantiations(tsc, folder, source, { paths });
}

/** @throws Error with the compiler's output when the subject does not compile */
function instantiations(tsc: string, folder: string, source: string, compilerOptions: object = {}): number {
  writeFileSync(path.join(folder, "subject.ts"), source);
  const report = run(tsc, folder, { compilerOptions, include: ["subject.ts"] });
  return Number(/^Instantiations:\s+(\d+)/m.exec(report)?.[1]);
}

function run(tsc: string, folder: string, configuration: object): string {
  const inherited = { extends: path.join(packageFolder, "tsconfig.json"), ...configuration };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(inherited));
  return execFileSync(process.execPath, [tsc, "-p", folder, "--extendedDiagnostics"], { encoding: "utf8" });
}

function scratchFolder(): string {
  mkdirSync(cacheFolder, { recursive: true });
  return mkdtempSync(path.join(cacheFolder, "typeperf-"));
}
