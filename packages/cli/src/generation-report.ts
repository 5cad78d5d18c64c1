/** What `stepwright generate` tells of a generation. */
import { relative, resolve } from "node:path";
import type { FileDifference, Generation } from "@stepwright/codegen";
import { githubAnnotation } from "./diagnostics/github-annotation.ts";
import { counted } from "./diagnostics/reported-diagnostic.ts";
import type { ReportedDiagnostic } from "./diagnostics/reported-diagnostic.ts";
import type { Terminal } from "./terminal.ts";

/** The diagnostics with files relative to the working directory. */
export function reportedDiagnostics(generation: Generation, terminal: Terminal): readonly ReportedDiagnostic[] {
  return generation.diagnostics.map((diagnostic) => {
    const { source } = diagnostic;
    const file = shownPath(generation, source?.file ?? "", terminal);
    return source === undefined ? { ...diagnostic, file } : { ...diagnostic, file, source: { ...source, file } };
  });
}

/** A line for each file that was written or, in a check, would have been. */
export function differenceLines(generation: Generation, check: boolean, terminal: Terminal): string {
  const line = check ? outOfDateLine : writtenLine;
  return generation.differences
    .map((difference) => line(difference, shownPath(generation, difference.path, terminal), terminal))
    .join("");
}

function writtenLine(_: FileDifference, file: string): string {
  return `wrote ${file}\n`;
}

function outOfDateLine({ kind, line }: FileDifference, file: string, terminal: Terminal): string {
  const what = terminal.style("red", kind === "missing" ? "missing" : "out of date");
  const place = line === undefined ? "" : terminal.style("dim", ` (from line ${line})`);
  return `${what} ${file}${place}\n`;
}

/** The differences of a check as GitHub Actions shows them. */
export function differenceAnnotations(generation: Generation, terminal: Terminal): string {
  return generation.differences
    .map(({ path, kind, line }) =>
      githubAnnotation({
        level: "error",
        title: "stepwright generate --check",
        file: shownPath(generation, path, terminal),
        ...(line === undefined ? {} : { line }),
        message: `This generated file is ${kind === "missing" ? "missing" : "out of date"}; run \`stepwright generate\` and commit it.`,
      }),
    )
    .join("");
}

export function unneededLines(generation: Generation, terminal: Terminal): string {
  return generation.files
    .flatMap((file) => (file.policy === "report" ? [file] : []))
    .map(({ path, message }) => {
      const what = terminal.style("yellow", "unneeded");
      return `${what} ${shownPath(generation, path, terminal)}: ${message}; it was left as it is\n`;
    })
    .join("");
}

/** @example "1 machine, 7 tasks: 2 files written, 23 up to date, 412 ms" */
export function summaryLine({ project, files, differences }: Generation, check: boolean, durationMs: number): string {
  const of = `${counted(project.machines.length, "machine")}, ${counted(project.tasks.length, "task")}`;
  const changed = `${counted(differences.length, "file")} ${check ? "out of date" : "written"}`;
  const kept = files.filter(({ policy }) => policy !== "report").length - differences.length;
  return `${of}: ${changed}, ${kept} up to date, ${Math.round(durationMs)} ms\n`;
}

/** The same facts for machines. */
export function generationDocument(generation: Generation, check: boolean, terminal: Terminal) {
  const { project, files, differences } = generation;
  return {
    machines: project.machines.map(({ name, module }) => ({ name, module })),
    tasks: project.tasks.map(({ name }) => name),
    diagnostics: reportedDiagnostics(generation, terminal),
    // JSON has no infinity: what nothing bounds is null there.
    budgets: generation.budgets,
    written: check ? [] : differences.map(({ path }) => shownPath(generation, path, terminal)),
    outOfDate: check
      ? differences.map(({ path, kind, line }) => ({ file: shownPath(generation, path, terminal), kind, line }))
      : [],
    unneeded: files.flatMap((file) => (file.policy === "report" ? [shownPath(generation, file.path, terminal)] : [])),
  };
}

/** @param path  relative to the project's folder; shown relative to the working directory, with `/` */
function shownPath({ project }: Generation, path: string, terminal: Terminal): string {
  return relative(terminal.cwd, resolve(project.rootDir, path)).replaceAll("\\", "/");
}
