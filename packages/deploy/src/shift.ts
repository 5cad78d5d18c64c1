/** How new executions move from one version to the next, in weights. Pure. */

export interface Shift {
  readonly kind: "ALL_AT_ONCE" | "CANARY" | "LINEAR";
  /** Of the new executions, at each step, 1 to 99; 10 when absent. */
  readonly percentage?: number;
  /** Between steps; 300 when absent. */
  readonly intervalSeconds?: number;
  /** After the last step the new version is watched for so long; 0 when absent. */
  readonly bakeSeconds?: number;
  /** The pause between two looks at the executions; 15 when absent. */
  readonly pollSeconds?: number;
  /** Of the new version's finished executions so many percent may fail; 0 when absent. */
  readonly toleratedFailurePercentage?: number;
  /** Names of CloudWatch alarms; one of them in ALARM returns the alias. */
  readonly alarms?: readonly string[];
}

export const allAtOnce: Shift = { kind: "ALL_AT_ONCE" };

export const shiftDefaults = {
  percentage: 10,
  intervalSeconds: 300,
  bakeSeconds: 0,
  pollSeconds: 15,
  toleratedFailurePercentage: 0,
} as const;

/**
 * The weights of the new version still to come, in percent; the last one is 100.
 *
 * @param current  the weight that it has already: a deployment that broke off goes on from there
 * @example shiftWeights({ kind: "LINEAR", percentage: 40 }, 40) // => [80, 100]
 */
export function shiftWeights(shift: Shift, current: number): readonly number[] {
  const percentage = shift.percentage ?? shiftDefaults.percentage;
  return [...steps[shift.kind](percentage).filter((weight) => weight > current && weight < 100), 100];
}

const steps: Readonly<Record<Shift["kind"], (percentage: number) => readonly number[]>> = {
  ALL_AT_ONCE: () => [],
  CANARY: (percentage) => [percentage],
  LINEAR: (percentage) => Array.from({ length: Math.floor(100 / percentage) }, (_, index) => (index + 1) * percentage),
};
