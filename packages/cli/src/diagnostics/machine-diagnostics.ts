import { join, relative } from "node:path";
import type { LoadedMachine, LoadedProject } from "@stepwright/codegen";
import type { ReportedDiagnostic } from "./reported-diagnostic.ts";

/** What building a machine found, each with the file of the DSL call that wrote the state, or the machine's own. */
export function machineDiagnostics(
  { diagnostics, module }: LoadedMachine,
  { rootDir }: LoadedProject,
  cwd: string,
): readonly ReportedDiagnostic[] {
  return diagnostics.map((diagnostic) => ({
    ...diagnostic,
    file: relative(cwd, join(rootDir, diagnostic.source?.file ?? module)),
  }));
}
