import { describe, expect, test } from "vitest";
import type { Metrics } from "../contracts.ts";
import type { GateSpec } from "../models/model-spec.ts";
import { judge, overriddenGate } from "./gate.ts";

const gate: GateSpec = { leastAuc: 0.8, leastPrauc: 0.3, mostEce: 0.02, praucMargin: 0.02 };
const good: Metrics = {
  auc: 0.9,
  prauc: 0.5,
  logLoss: 0.1,
  brier: 0.01,
  ks: 0.6,
  recallAt1PercentFpr: 0.4,
  ece: 0.005,
  rows: 1_000,
  positives: 40,
};
const first = { candidate: good, championComparable: true, approval: "automatic" } as const;

describe("the gate", () => {
  test("promotes a first version that keeps the floors", () => {
    const { decision, rules } = judge(gate, first);
    expect(decision).toBe("PROMOTE");
    expect(rules.map(({ rule }) => rule)).toEqual(["auc >= 0.8", "prauc >= 0.3", "ece <= 0.02"]);
  });

  test.each([
    ["auc >= 0.8", { auc: 0.79 }],
    ["prauc >= 0.3", { prauc: 0.29 }],
    ["ece <= 0.02", { ece: 0.021 }],
    ["auc >= 0.8", { auc: Number.NaN }],
    ["ece <= 0.02", { ece: Number.NaN }],
  ])("rejects by %s alone: %j", (rule, metrics) => {
    const { decision, rules } = judge(gate, { ...first, candidate: { ...good, ...metrics } });
    expect(decision).toBe("REJECT");
    expect(rules.filter(({ passed }) => !passed).map((failed) => failed.rule)).toEqual([rule]);
  });

  test("a challenger may be a little worse by chance, not more", () => {
    expect(judge(gate, { ...first, deltaPrauc: { lower: -0.02 } }).decision).toBe("PROMOTE");
    expect(judge(gate, { ...first, deltaPrauc: { lower: -0.021 } }).decision).toBe("REJECT");
  });

  test("asks people where the model's owner or an incomparable champion wants it, but not for a bad model", () => {
    expect(judge(gate, { ...first, approval: "manual" }).decision).toBe("NEEDS_APPROVAL");
    expect(judge(gate, { ...first, championComparable: false }).decision).toBe("NEEDS_APPROVAL");
    expect(judge(gate, { ...first, approval: "manual", candidate: { ...good, auc: 0.5 } }).decision).toBe("REJECT");
  });

  test("takes a run's own bounds and refuses unknown ones", () => {
    expect(overriddenGate(gate, { leastAuc: 0.95 })).toEqual({ ...gate, leastAuc: 0.95 });
    expect(() => overriddenGate(gate, { leastAUC: 0.95 })).toThrow(
      'The gate has no bound "leastAUC"; wanted one of leastAuc, leastPrauc, mostEce, praucMargin.',
    );
    expect(() => overriddenGate(gate, JSON.parse('{"__proto__": 1}'))).toThrow('no bound "__proto__"');
  });
});
