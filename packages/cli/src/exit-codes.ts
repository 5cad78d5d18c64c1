/**
 * What the process ends with. The same table stands in the package's README and in `stepwright --help`.
 */
export const exitCodes = {
  /** Done; for `run`: the execution succeeded. */
  done: 0,
  /** The answer is no: an ERROR diagnostic, a generated file out of date, definitions that differ, a failed execution. */
  failed: 1,
  /** The call itself is wrong: an unknown option, a missing file, an unusable configuration or input. */
  refused: 2,
  /** `run`: the execution ran into its `TimeoutSeconds`. */
  timedOut: 3,
  /** `run`: the execution was stopped; `deploy`: so was the deployment, which goes on when it is called again. */
  aborted: 4,
  /** A bug in Stepwright. */
  bug: 70,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodeMeanings: Readonly<Record<ExitCode, string>> = {
  0: "done; the execution succeeded",
  1: "an ERROR diagnostic, a generated file out of date, definitions that differ, a failed execution",
  2: "wrong call: unknown option, missing file, unusable configuration or input",
  3: "the execution timed out",
  4: "the execution, or the deployment, was stopped",
  70: "a bug in Stepwright",
};
