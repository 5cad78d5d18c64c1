/** A case's outcome against what is known of it: the recorded baseline and the known exceptions. */
import type { CaseOutcome, ConformanceCase, Difference } from "./case.ts";

export interface KnownException {
  /** A case's id, or the beginning of several ids. */
  readonly idStartsWith: string;
  readonly reason: string;
  /** Only differences below these paths are excused; all when absent. */
  readonly differsAt?: readonly string[];
}

export interface Verdict {
  readonly id: string;
  readonly kind: string;
  readonly group: string;
  readonly status: "passed" | "failed" | "exception" | "unsupported";
  /** Passed when the baseline was recorded, and does not now. */
  readonly regressed: boolean;
  readonly reason?: string;
  readonly differences?: readonly Difference[];
}

export function judge(
  { id, kind, group }: ConformanceCase,
  outcome: CaseOutcome,
  baseline: ReadonlySet<string>,
  exceptions: readonly KnownException[],
): Verdict {
  const named = { id, kind, group };
  const known = baseline.has(id);
  if (outcome.kind === "unsupported")
    return { ...named, status: "unsupported", regressed: known, reason: outcome.reason };
  if (outcome.differences.length === 0) return { ...named, status: "passed", regressed: false };
  const { differences } = outcome;
  const exception = exceptions.find(
    (candidate) => id.startsWith(candidate.idStartsWith) && excuses(candidate, differences),
  );
  return exception === undefined
    ? { ...named, status: "failed", regressed: known, differences }
    : { ...named, status: "exception", regressed: known, reason: exception.reason, differences };
}

function excuses({ differsAt }: KnownException, differences: readonly Difference[]): boolean {
  return differsAt === undefined || differences.every(({ path }) => differsAt.some((root) => path.startsWith(root)));
}
