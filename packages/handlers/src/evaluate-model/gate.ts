/** Whether a candidate may serve: floors for every model, and not to be worse than the champion. */
import type { Evaluated, Metrics } from "../contracts.ts";
import { PipelineError } from "../failures.ts";
import type { GateSpec } from "../models/model-spec.ts";

export type GateRule = Evaluated["evaluation"]["rules"][number];
export type Decision = Evaluated["decision"];

export interface GateEvidence {
  readonly candidate: Metrics;
  /** Candidate minus champion in PR-AUC; absent without a champion. */
  readonly deltaPrauc?: { readonly lower: number };
  /** A champion with other features cannot be compared: people decide. */
  readonly championComparable: boolean;
  readonly approval: "automatic" | "manual";
}

export function judge(
  gate: GateSpec,
  evidence: GateEvidence,
): { readonly rules: GateRule[]; readonly decision: Decision } {
  const { candidate, deltaPrauc } = evidence;
  const rules: GateRule[] = [
    { rule: `auc >= ${gate.leastAuc}`, passed: candidate.auc >= gate.leastAuc, value: candidate.auc },
    { rule: `prauc >= ${gate.leastPrauc}`, passed: candidate.prauc >= gate.leastPrauc, value: candidate.prauc },
    { rule: `ece <= ${gate.mostEce}`, passed: candidate.ece <= gate.mostEce, value: candidate.ece },
  ];
  if (deltaPrauc !== undefined) {
    rules.push({
      rule: `prauc delta 95 % lower bound >= ${-gate.praucMargin}`,
      passed: deltaPrauc.lower >= -gate.praucMargin,
      value: deltaPrauc.lower,
    });
  }
  if (rules.some((rule) => !rule.passed)) return { rules, decision: "REJECT" };
  const asksPeople = evidence.approval === "manual" || !evidence.championComparable;
  return { rules, decision: asksPeople ? "NEEDS_APPROVAL" : "PROMOTE" };
}

/** The model's gate with a run's own bounds. @throws `InvalidGateError` for a bound that no rule has */
export function overriddenGate(gate: GateSpec, overrides: Readonly<Record<string, number>> = {}): GateSpec {
  for (const name of Object.keys(overrides)) {
    if (!Object.hasOwn(gate, name)) {
      throw new PipelineError(
        "InvalidGateError",
        `The gate has no bound "${name}"; wanted one of ${Object.keys(gate).join(", ")}.`,
      );
    }
  }
  return { ...gate, ...overrides };
}
