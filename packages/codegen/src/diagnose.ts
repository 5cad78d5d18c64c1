/** A machine's diagnostics, each with the DSL call that wrote the state it is about. */
import type { Diagnostic } from "@stepwright/asl";
import type { LoadedMachine } from "./load/loaded-project.ts";

export function diagnose({ diagnostics }: LoadedMachine): readonly Diagnostic[] {
  return diagnostics;
}
