import { resolve } from "node:path";
import { findConfig, generate, watchAndGenerate } from "@stepwright/codegen";
import type { Generation } from "@stepwright/codegen";
import { budgetLine } from "../budget-lines.ts";
import type { DefineCommand } from "../command.ts";
import { diagnosticFormats } from "../diagnostics/formats.ts";
import { hasErrors } from "../diagnostics/reported-diagnostic.ts";
import { exitCodes } from "../exit-codes.ts";
import type { ExitCode } from "../exit-codes.ts";
import {
  differenceAnnotations,
  differenceLines,
  generationDocument,
  reportedDiagnostics,
  summaryLine,
  unneededLines,
} from "../generation-report.ts";
import { describeRefusal, refusalAnnotation } from "../refusal.ts";
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
  const generation = await generate({ configFile, check }).catch((error: unknown) => {
    if (isOnGithub(terminal)) terminal.out(refusalAnnotation(error, terminal));
    throw error;
  });
  if (flags.json === true) {
    terminal.out(`${JSON.stringify(generationDocument(generation, check, terminal), undefined, 2)}\n`);
  } else {
    tell(generation, check, performance.now() - startedAtMs, terminal);
  }
  const failed = hasErrors(generation.diagnostics) || (check && generation.differences.length > 0);
  return failed ? exitCodes.failed : exitCodes.done;
}

async function watchMachines(configFile: string, { check, json }: GenerateFlags, terminal: Terminal) {
  if (check === true || json === true) {
    const beside = check === true ? "--check" : "--json";
    throw new UsageError(`--watch writes whenever something changes; found ${beside} beside it`);
  }
  await watchAndGenerate({
    configFile,
    signal: terminal.signal,
    onGeneration: (generation, durationMs) => tell(generation, false, durationMs, terminal),
    onRefusal: (error) => {
      const refusal = describeRefusal(error, terminal);
      if (refusal === undefined) throw error;
      terminal.err(refusal);
    },
  });
  return exitCodes.done;
}

function tell(generation: Generation, check: boolean, durationMs: number, terminal: Terminal): void {
  const diagnostics = reportedDiagnostics(generation, terminal);
  const onGithub = isOnGithub(terminal);
  terminal.err(diagnosticFormats.text(diagnostics, terminal));
  if (onGithub) {
    terminal.out(diagnosticFormats.github(diagnostics));
  }
  if (hasErrors(diagnostics)) {
    terminal.err("Nothing was written, because a machine has errors.\n");
    return;
  }
  terminal.out(differenceLines(generation, check, terminal));
  if (check && onGithub) {
    terminal.out(differenceAnnotations(generation, terminal));
  }
  terminal.err(unneededLines(generation, terminal));
  if (Object.keys(generation.project.config.budgets).length > 0) {
    terminal.out(generation.budgets.map((budget) => terminal.style("dim", budgetLine(budget))).join(""));
  }
  terminal.out(terminal.style("dim", summaryLine(generation, check, durationMs)));
  if (check && generation.differences.length > 0) {
    terminal.err("Run `stepwright generate` and commit what it writes.\n");
  }
}

function isOnGithub({ env }: Terminal): boolean {
  return env["GITHUB_ACTIONS"] === "true";
}
