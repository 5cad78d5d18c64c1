/** Runs the machine in virtual time: the waits between attempts pass at once. */
import { build } from "@stepwright/dsl";
import { executionMatchers, replies, runScripted } from "@stepwright/local-runner/testing";
import type { ExecutionMatchers } from "@stepwright/local-runner/testing";
import { expect, test } from "vitest";
import { reserveStock } from "../src/contracts.ts";
import reserveOrder from "../src/reserve-order.machine.ts";

expect.extend(executionMatchers);
declare module "vitest" {
  interface Matchers<R extends void | Promise<void>, T> extends ExecutionMatchers<R> {}
}

const { definition } = build(reserveOrder);
const input = { orderId: "A-1", lines: [{ sku: "BOLT-M6", count: 40 }] };

test("a busy warehouse is asked again", async () => {
  const reserved = { sku: "BOLT-M6", reserved: true };
  const result = await runScripted(definition, {
    input,
    script: { ReserveLine: replies(reserveStock, [{ error: "WarehouseBusy" }, { output: reserved }]) },
  });
  expect(result).toHaveSucceeded([reserved]);
  expect(result).toHaveAttempted("ReserveLine", 2);
});

test("any other error fails the order", async () => {
  const result = await runScripted(definition, { input, script: { ReserveLine: { error: "OutOfMemory" } } });
  expect(result).toHaveFailed("OutOfMemory");
});
