/** What each task takes, gives, and may throw. Handlers, their validators and the machine's types follow from it. */
import { defineTask } from "@stepwright/dsl";
import { z } from "zod";

export const OrderLine = z.object({ sku: z.string().min(1), count: z.int().positive() });

export const Order = z.object({ orderId: z.string(), lines: z.array(OrderLine) });

export const reserveStock = defineTask("ReserveStock", {
  input: OrderLine,
  output: z.object({ sku: z.string(), reserved: z.boolean() }),
  errors: ["WarehouseBusy"],
});
