import { defineConfig } from "stepwright";

export default defineConfig({
  // Each one's default export is a machine.
  machines: ["src/reserve-order.machine.ts"],
  // Commit what is generated: a review shows the JSON that AWS will get, and `generate --check` keeps it true.
  generatedDir: "generated",
  handlers: { dir: "src/handlers" },
  graphs: { formats: ["svg"] },
});
