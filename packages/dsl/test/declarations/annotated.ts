/** Exports with types of their own, as `isolatedDeclarations` wants them: each stands for itself in a declaration file. */
import { z } from "zod";
import { defineTask, machine } from "@stepwright/dsl";
import type { AnyOutcome, PathFlow, TaskContract } from "@stepwright/dsl";

interface Model {
  modelId: string;
}

export const score: TaskContract<"Score", Model, { auc: number }, "NoData"> = defineTask("Score", {
  input: z.object({ modelId: z.string() }),
  output: z.object({ auc: z.number() }),
  errors: ["NoData"],
});

export const scored = (flow: PathFlow<Model>): PathFlow<{ modelId: string; score: { auc: number } }, {}, "Score"> =>
  flow.task("Score", score, { resultPath: "$.score" });

export const kept = (flow: PathFlow<Model>): PathFlow<Model, { modelId: string }, "Keep"> =>
  flow.pass("Keep", { assign: (s) => ({ modelId: s.result.modelId }) });

const flow: AnyOutcome = machine("Scores", { input: z.object({ modelId: z.string() }) })
  .pipe(kept)
  .pipe(scored)
  .succeed("Done");
export default flow;
