import { defineConfig } from "stepwright";

export default defineConfig({
  machines: ["src/batch-retrain.machine.ts"],
  generatedDir: "generated",
  handlers: { dir: "../../packages/handlers/src", importExtension: ".ts" },
  graphs: { formats: ["svg"], dir: "docs" },
});
