import { parseReserveStockInput } from "./contract.generated.ts";
import type { ReserveStockInput, ReserveStockOutput } from "./contract.generated.ts";

/** The Lambda entry of ReserveStock: refuses a wrong event before any work begins. */
export async function handler(event: unknown): Promise<ReserveStockOutput> {
  return run(parseReserveStockInput(event));
}

/** Thrown under the name that the contract declares, so that Retry and Catch find it. */
class WarehouseBusy extends Error {
  override readonly name = "WarehouseBusy";
}

const perLineMaximum = 100;

async function run({ sku, count }: ReserveStockInput): Promise<ReserveStockOutput> {
  if (sku.startsWith("BUSY")) throw new WarehouseBusy(`The shelf of ${sku} is being counted`);
  return { sku, reserved: count <= perLineMaximum };
}
