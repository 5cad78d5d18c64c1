/** What an editor shows and a declaration file says of flows in the middle of a chain. */
import { z } from "zod";
import { defineTask, machine } from "@stepwright/dsl";

export const score = defineTask("Score", {
  input: z.object({ id: z.string(), at: z.iso.datetime().optional() }),
  output: z.object({ auc: z.number(), trained: z.date(), parts: z.array(z.object({ name: z.string() })) }),
  errors: ["NoData"],
});

export const start = machine("Chain", { input: z.object({ id: z.string(), note: z.string().optional() }) });
export const scored = start.task("Score", score, { resultPath: "$.score" });
export const assigned = start.task("Score", score, { assign: (s) => ({ auc: s.result.auc }) });
export const both = start.parallel("Both", [
  (branch) => branch.task("Score", score),
  (branch) => branch.pass("Other", { parameters: (s) => ({ note: s.input.id, kind: "other" }) }),
]);
export const done = both.succeed("Done");
