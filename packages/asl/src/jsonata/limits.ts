/**
 * How much one evaluation may do. The service has limits of its own and does not say which; these let through whatever
 * a state's 256 KiB can need, and stop what would not end. All but the time are the same on every machine.
 */
export const jsonataLimits = {
  /** Nodes of the expression visited, plus a sixteenth of the items and a 256th of the characters that they make. */
  work: 500_000,
  /** Characters of any text on the way. */
  textLength: 10_000_000,
  /** Nested evaluations: a function that calls itself needs a handful for each level. */
  depth: 10_000,
  /** Items of one sequence. */
  sequenceLength: 200_000,
  /** The last resort against built-in functions that are slow on much data; looked at between steps. */
  milliseconds: 10_000,
  /** Brackets inside one another in the text of an expression. */
  nesting: 200,
  /** Of `$range` (DOC). */
  rangeLength: 1000,
  /** Of `$pad`, in characters. */
  padWidth: 1_000_000,
} as const;
