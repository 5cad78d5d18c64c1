/** What changed between two definitions, a line each. */
import type { Difference } from "@stepwright/codegen";
import type { Terminal } from "./terminal.ts";

export function printDifferences(differences: readonly Difference[], terminal: Terminal): string {
  if (differences.length === 0) return "no differences\n";
  const width = Math.max(...differences.map(({ kind }) => kind.length));
  return differences
    .map(({ kind, message, location }) => {
      const where = location === "/" ? "" : terminal.style("dim", `  (${location})`);
      return `${terminal.style("bold", kind.padEnd(width))}  ${message}${where}\n`;
    })
    .join("");
}
