/** What steers a training: XGBoost's own names and defaults where there are such, with bounds that are checked. */

export interface HyperParameters {
  /** Levels of splits in a tree. */
  readonly max_depth: number;
  /** Learning rate: the share of each tree's answer that is kept. */
  readonly eta: number;
  /** Trees at most; early stopping may keep fewer. */
  readonly num_round: number;
  /** Share of the rows that each tree sees, drawn anew for every tree. */
  readonly subsample: number;
  /** Share of the columns that each tree may split on. */
  readonly colsample_bytree: number;
  /** Least sum of hessians (p·(1−p) over the rows) on either side of a split. */
  readonly min_child_weight: number;
  /** L2 penalty on leaf values. */
  readonly lambda: number;
  /** Least gain of a split that is kept. */
  readonly gamma: number;
  /** Rounds without a lower validation log-loss before the training ends; 0 never ends early. */
  readonly early_stopping_rounds: number;
  /** Bins a feature is cut into; one more stands for missing values. */
  readonly max_bin: number;
  readonly seed: number;
}

/** A hyper-parameter that is unknown, no number, or out of its bounds; never right on a retry. */
export class InvalidHyperParameterError extends Error {
  override readonly name = "InvalidHyperParameterError";
  readonly parameter: string;

  constructor(parameter: string, message: string) {
    super(message);
    this.parameter = parameter;
  }
}

interface Rule {
  readonly standard: number;
  readonly least: number;
  readonly most: number;
  readonly integer?: true;
  /** The bound `least` itself is not allowed. */
  readonly aboveLeast?: true;
}

const rules: { readonly [Name in keyof HyperParameters]: Rule } = {
  max_depth: { standard: 6, least: 1, most: 16, integer: true },
  eta: { standard: 0.3, least: 0, most: 1, aboveLeast: true },
  num_round: { standard: 100, least: 1, most: 10_000, integer: true },
  subsample: { standard: 1, least: 0, most: 1, aboveLeast: true },
  colsample_bytree: { standard: 1, least: 0, most: 1, aboveLeast: true },
  min_child_weight: { standard: 1, least: 0, most: 1e9 },
  lambda: { standard: 1, least: 0, most: 1e9 },
  gamma: { standard: 0, least: 0, most: 1e9 },
  early_stopping_rounds: { standard: 0, least: 0, most: 10_000, integer: true },
  max_bin: { standard: 255, least: 2, most: 255, integer: true },
  seed: { standard: 0, least: 0, most: Number.MAX_SAFE_INTEGER, integer: true },
};

/** Fills in what is absent.
 *  @throws {InvalidHyperParameterError} for the first name that is unknown or value that is out of bounds */
export function resolveHyperParameters(given: Readonly<Record<string, number>>): HyperParameters {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(rules, name)) {
      throw new InvalidHyperParameterError(
        name,
        `Hyper-parameter "${name}" is unknown; wanted one of ${Object.keys(rules).join(", ")}.`,
      );
    }
  }
  return {
    max_depth: resolve("max_depth", given),
    eta: resolve("eta", given),
    num_round: resolve("num_round", given),
    subsample: resolve("subsample", given),
    colsample_bytree: resolve("colsample_bytree", given),
    min_child_weight: resolve("min_child_weight", given),
    lambda: resolve("lambda", given),
    gamma: resolve("gamma", given),
    early_stopping_rounds: resolve("early_stopping_rounds", given),
    max_bin: resolve("max_bin", given),
    seed: resolve("seed", given),
  };
}

function resolve(name: keyof HyperParameters, given: Readonly<Record<string, unknown>>): number {
  const rule = rules[name];
  const value = Object.hasOwn(given, name) ? given[name] : rule.standard;
  const fits =
    typeof value === "number" &&
    value <= rule.most &&
    (rule.aboveLeast ? value > rule.least : value >= rule.least) &&
    (!rule.integer || Number.isInteger(value));
  if (fits) return value;
  const kind = rule.integer ? "an integer" : "a number";
  const from = rule.aboveLeast ? `above ${rule.least}` : `from ${rule.least}`;
  throw new InvalidHyperParameterError(
    name,
    `Hyper-parameter "${name}" is ${String(value)}; wanted ${kind} ${from} to ${rule.most}.`,
  );
}
