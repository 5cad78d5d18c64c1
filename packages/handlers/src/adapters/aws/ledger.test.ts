import { describe, expect, test } from "vitest";
import { awsBench } from "../../../test/aws-bench.ts";
import type { StepKey } from "../../index.ts";

const stepKey: StepKey = { modelId: "card-fraud", runId: "2026-09", step: "train", inputHash: "0123456789abcdef" };

describe("the ledger of DynamoDB", async () => {
  const { ports, bodiesOf } = await awsBench();
  const { ledger } = ports;

  test("keeps the first of two results, unless told to replace it", async () => {
    expect(await ledger.result(stepKey)).toBeUndefined();
    await Promise.all([ledger.record(stepKey, { value: 1 }), ledger.record(stepKey, { value: 2 })]);
    const [first] = bodiesOf("UpdateItem");
    expect(await ledger.result(stepKey)).toEqual(JSON.parse(first.ExpressionAttributeValues[":result"].S));
    await ledger.record(stepKey, { value: 3 }, { replace: true });
    expect(await ledger.result(stepKey)).toEqual({ value: 3 });
  });

  test("gives two attempts that begin at once different numbers, and begins anew after a result", async () => {
    const other = { ...stepKey, inputHash: "fedcba9876543210" };
    const counts = await Promise.all([ledger.beginAttempt(other), ledger.beginAttempt(other)]);
    expect(counts.toSorted()).toEqual([1, 2]);
    await ledger.record(other, {});
    expect(await ledger.beginAttempt(other)).toBe(1);
    await ledger.forgetAttempts(other);
    expect(await ledger.beginAttempt(other)).toBe(1);
  });

  test("reads what is, not what was a moment ago", () => {
    expect(bodiesOf("GetItem").every(({ ConsistentRead }) => ConsistentRead === true)).toBe(true);
  });
});
