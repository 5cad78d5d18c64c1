/** Where in the nesting of Map and Parallel states something happens, outermost first; empty on the top level. */
export type ExecutionPath = readonly ExecutionPathStep[];

export type ExecutionPathStep = MapIterationStep | ParallelBranchStep;

export interface MapIterationStep {
  /** The Map state's name. */
  readonly map: string;
  /** Of the item, from 0. */
  readonly index: number;
}

export interface ParallelBranchStep {
  /** The Parallel state's name. */
  readonly parallel: string;
  /** Of the branch, from 0. */
  readonly branch: number;
}
