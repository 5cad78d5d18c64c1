/** `*.asl.map.json`: each state's place in the TypeScript that wrote it, as editors and terminals link it. */
import type { SourceLocation } from "@stepwright/asl";

export interface AslSourceMap {
  readonly definition: string;
  /** State location to `file:line:column`; the file is relative to the map's own folder. */
  readonly states: Readonly<Record<string, string>>;
}

export function printSourceMap(
  definition: string,
  states: Readonly<Record<string, SourceLocation>>,
  relativeFile: (file: string) => string,
): string {
  const map: AslSourceMap = {
    definition,
    states: Object.fromEntries(
      Object.entries(states).map(([location, { file, line, column }]) => [
        location,
        `${relativeFile(file)}:${line}:${column}`,
      ]),
    ),
  };
  return `${JSON.stringify(map, undefined, 2)}\n`;
}
