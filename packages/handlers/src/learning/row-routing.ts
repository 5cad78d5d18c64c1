/** Sends rows down a tree by their bins, all rows of a node at once: one column is read in order instead of many. */
import { MISSING_BIN } from "./binning.ts";
import type { Bins } from "./binning.ts";

/** The question that a node asks of a row's bin. */
export interface BinQuestion {
  readonly feature: number;
  /** Rows go left when their bin is at most this. */
  readonly bin: number;
  readonly missingGoesLeft: boolean;
}

/** The rows from `start` to `end` of a list of rows. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Moves the rows of a range that go left to its front, both sides in their order.
 *
 * @param scratch room for as many rows as the range has
 * @returns where the right rows start
 */
export function partitionRows(
  rows: Int32Array,
  { start, end }: RowRange,
  bins: Bins,
  question: BinQuestion,
  scratch: Int32Array,
): number {
  // Turned by one, the missing bin (255) is the lowest one instead of the highest.
  const turn = question.missingGoesLeft ? 1 : 0;
  const highestLeft = question.bin + turn;
  let left = start;
  let right = 0;
  for (let place = start; place < end; place++) {
    const row = rows[place]!;
    // 1 or 0 without a branch, which the processor could not foresee.
    const goesRight = (highestLeft - ((bins[row]! + turn) & MISSING_BIN)) >>> 31;
    rows[left] = row;
    scratch[right] = row;
    left += 1 - goesRight;
    right += goesRight;
  }
  rows.set(scratch.subarray(0, right), left);
  return left;
}

/** A node's question and its children; a leaf asks nothing. */
export interface RoutingNode {
  readonly question: BinQuestion;
  readonly left: number;
  readonly right: number;
}

/** By node, from the root at 0. */
export type Routing = readonly (RoutingNode | undefined)[];

/** A range of rows that ended in the leaf at this node. */
export interface LeafRange extends RowRange {
  readonly node: number;
}

/** Reorders the rows so that those of one leaf stand together. */
export function routeRows(routing: Routing, columns: readonly Bins[], rows: Int32Array): readonly LeafRange[] {
  const scratch = new Int32Array(rows.length);
  const leaves: LeafRange[] = [];
  function descend(node: number, range: RowRange): void {
    const asked = routing[node];
    if (!asked) {
      leaves.push({ node, ...range });
      return;
    }
    const middle = partitionRows(rows, range, columns[asked.question.feature]!, asked.question, scratch);
    descend(asked.left, { start: range.start, end: middle });
    descend(asked.right, { start: middle, end: range.end });
  }
  descend(0, { start: 0, end: rows.length });
  return leaves;
}
