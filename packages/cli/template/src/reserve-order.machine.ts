import { machine } from "@stepwright/dsl";
import { Order, reserveStock } from "./contracts.ts";

export default machine("ReserveOrder", { input: Order, comment: "Reserves every line of an order" })
  .map("ReserveLines", { items: (s) => s.input.lines, maxConcurrency: 3 }, (line) =>
    line.task("ReserveLine", reserveStock, {
      retry: [{ errors: ["WarehouseBusy"], intervalSeconds: 5, maxAttempts: 3, backoffRate: 2 }],
    }),
  )
  .succeed("Reserved");
