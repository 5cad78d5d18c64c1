import { expect, test } from "vitest";
import { conditionLabel } from "./condition-label.ts";

test.each([
  [{ Variable: "$.n", NumericGreaterThan: 10 }, "$.n > 10"],
  [{ Variable: "$.n", NumericLessThanEqualsPath: "$.most" }, "$.n ≤ $.most"],
  [{ Variable: "$.kind", StringEquals: "card" }, '$.kind = "card"'],
  [{ Variable: "$.kind", StringMatches: "c*" }, '$.kind matches "c*"'],
  [{ Variable: "$.a", IsPresent: true }, "$.a is present"],
  [{ Variable: "$.a", IsNull: false }, "$.a is not null"],
  [{ Variable: "$.a", BooleanEquals: false }, "$.a = false"],
  [{ Not: { Variable: "$.a", NumericEquals: 0 } }, "not ($.a = 0)"],
  [
    {
      And: [
        { Variable: "$.a", IsPresent: true },
        {
          Or: [
            { Variable: "$.b", NumericEquals: 1 },
            { Variable: "$.b", NumericEquals: 2 },
          ],
        },
      ],
    },
    "$.a is present and ($.b = 1 or $.b = 2)",
  ],
  [{ Condition: "{% $states.input.auc > 0.8 %}" }, "$states.input.auc > 0.8"],
  [{ Condition: true }, "true"],
  [{ Next: "Nowhere" }, ""],
])("%j", (rule, label) => {
  expect(conditionLabel(rule)).toBe(label);
});
