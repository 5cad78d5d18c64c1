/** A machine's diagnostics, each with the DSL call that wrote the state it is about. */
import { validateDefinition } from "@stepwright/asl";
import type { Diagnostic, SourceLocation } from "@stepwright/asl";
import type { LoadedMachine } from "./load/loaded-project.ts";

export function diagnose({ definition, sourceMap, module }: LoadedMachine): readonly Diagnostic[] {
  return validateDefinition(definition).map((diagnostic) => ({
    ...diagnostic,
    source: diagnostic.source ?? sourceAt(diagnostic.location, sourceMap) ?? { file: module, line: 1, column: 1 },
  }));
}

/** The source of the innermost state that a location lies in: `/States/Train/Retry[0]` lies in `/States/Train`. */
export function sourceAt(
  location: string | undefined,
  sourceMap: Readonly<Record<string, SourceLocation>>,
): SourceLocation | undefined {
  const enclosing = Object.keys(sourceMap).filter((state) => liesIn(location ?? "", state));
  const innermost = enclosing.toSorted((left, right) => right.length - left.length)[0];
  return innermost === undefined ? undefined : sourceMap[innermost];
}

function liesIn(location: string, state: string): boolean {
  return location.startsWith(state) && ["/", "[", undefined].includes(location[state.length]);
}
