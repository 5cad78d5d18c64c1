import { relative, resolve } from "node:path";
import { findConfig, generate, watchAndGenerate } from "@stepwright/codegen";
import type { Generation } from "@stepwright/codegen";
import type { DefineCommand } from "../command.ts";
import { diagnosticFormats } from "../diagnostics/formats.ts";
import { githubAnnotation } from "../diagnostics/github-annotation.ts";
import { counted, hasErrors } from "../diagnostics/reported-diagnostic.ts";
import type { ReportedDiagnostic } from "../diagnostics/reported-diagnostic.ts";
import { exitCodes } from "../exit-codes.ts";
import type { ExitCode } from "../exit-codes.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface GenerateFlags {
  readonly check?: true;
  readonly watch?: true;
  readonly json?: true;
  readonly config?: string;
}

export const define: DefineCommand = (command, terminal, finish) => {
  command
    .option("--check", "write nothing; fail when a generated file is out of date")
    .option("--watch", "generate again whenever a machine changes")
    .option("--config <file>", "the configuration; otherwise stepwright.config.ts here or in a folder above")
    .option("--json", "print what was found and written as JSON")
    .addHelpText("after", "\nExample:\n  stepwright generate --check")
    .action(async (flags: GenerateFlags) => finish(await runGenerate(flags, terminal)));
};

async function runGenerate(flags: GenerateFlags, terminal: Terminal): Promise<ExitCode> {
  const configFile = flags.config === undefined ? findConfig(terminal.cwd) : resolve(terminal.cwd, flags.config);
  if (flags.watch === true) {
    return watchMachines(configFile, flags, terminal);
  }
  const startedAtMs = performance.now();
  const check = flags.check === true;
  const generation = await generate({ configFile, check });
  const durationMs = performance.now() - startedAtMs;
  if (flags.json === true) {
    terminal.out(`${JSON.stringify(asJson(generation, check, terminal), undefined, 2)}\n`);
  } else {
    tell(generation, check, durationMs, terminal);
  }
  const failed = hasErrors(generation.diagnostics) || (check && generation.differences.length > 0);
  return failed ? exitCodes.failed : exitCodes.done;
}

async function watchMachines(configFile: string, flags: GenerateFlags, terminal: Terminal): Promise<ExitCode> {
  if (flags.check === true || flags.json === true) {
    throw new UsageError(
      `--watch writes whenever something changes; found --${flags.check === true ? "check" : "json"} beside it`,
    );
  }
  await watchAndGenerate({
    configFile,
    signal: terminal.signal,
    onGeneration: (generation, durationMs) => tell(generation, false, durationMs, terminal),
    onRefusal: (error) => {
      if (!(error instanceof Error)) throw error;
      terminal.err(`${terminal.style("red", "error")}: ${error.message}\n`);
    },
  });
  return exitCodes.done;
}

function tell(generation: Generation, check: boolean, durationMs: number, terminal: Terminal): void {
  const { project, files, differences } = generation;
  const diagnostics = reported(generation, terminal);
  terminal.err(diagnosticFormats.text(diagnostics, terminal));
  if (hasErrors(diagnostics)) {
    terminal.err("Nothing was written, because a machine has errors.\n");
    return;
  }
  const onGithub = terminal.env["GITHUB_ACTIONS"] === "true";
  for (const { path, kind, line } of differences) {
    const file = shownPath(generation, path, terminal);
    const place = line === undefined ? "" : terminal.style("dim", ` (from line ${line})`);
    terminal.out(
      check
        ? `${terminal.style("red", kind === "missing" ? "missing" : "out of date")} ${file}${place}\n`
        : `wrote ${file}\n`,
    );
    if (check && onGithub) {
      const message = `${kind === "missing" ? "This generated file is missing" : "This generated file is out of date"}; run \`stepwright generate\` and commit it.`;
      terminal.out(
        githubAnnotation({
          level: "error",
          title: "stepwright generate --check",
          file,
          message,
          ...(line === undefined ? {} : { line }),
        }),
      );
    }
  }
  for (const file of files) {
    if (file.policy === "report") {
      terminal.err(
        `${terminal.style("yellow", "unneeded")} ${shownPath(generation, file.path, terminal)}: ${file.message}; it was left as it is\n`,
      );
    }
  }
  const kept = files.filter(({ policy }) => policy !== "report").length - differences.length;
  const changed = check
    ? `${counted(differences.length, "file")} out of date`
    : `${counted(differences.length, "file")} written`;
  const machines = counted(project.machines.length, "machine");
  const tasks = counted(project.tasks.length, "task");
  terminal.out(
    terminal.style("dim", `${machines}, ${tasks}: ${changed}, ${kept} up to date, ${Math.round(durationMs)} ms\n`),
  );
  if (check && differences.length > 0) {
    terminal.err("Run `stepwright generate` and commit what it writes.\n");
  }
}

function asJson(generation: Generation, check: boolean, terminal: Terminal) {
  const { project, files, differences } = generation;
  return {
    machines: project.machines.map(({ name, module }) => ({ name, module })),
    tasks: project.tasks.map(({ name }) => name),
    diagnostics: reported(generation, terminal),
    written: check ? [] : differences.map(({ path }) => shownPath(generation, path, terminal)),
    outOfDate: check
      ? differences.map(({ path, kind, line }) => ({ file: shownPath(generation, path, terminal), kind, line }))
      : [],
    unneeded: files.flatMap((file) => (file.policy === "report" ? [shownPath(generation, file.path, terminal)] : [])),
  };
}

function reported(generation: Generation, terminal: Terminal): readonly ReportedDiagnostic[] {
  return generation.diagnostics.map((diagnostic) => {
    const { source } = diagnostic;
    const file = shownPath(generation, source?.file ?? "", terminal);
    return source === undefined ? { ...diagnostic, file } : { ...diagnostic, file, source: { ...source, file } };
  });
}

/** @param path  relative to the project's folder; shown relative to the working directory, with `/` */
function shownPath({ project }: Generation, path: string, terminal: Terminal): string {
  return relative(terminal.cwd, resolve(project.rootDir, path)).replaceAll("\\", "/");
}
