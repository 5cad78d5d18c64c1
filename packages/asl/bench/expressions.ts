/** What evaluating costs: paths, intrinsic functions, templates, and JSONata at once and through the library. */
import { Bench } from "tinybench";
import {
  compileIntrinsicText,
  compileJsonata,
  compileJsonataTemplate,
  compilePathText,
  compileTemplate,
  ExpressionSyntaxError,
  parseReferencePath,
  seededRandom,
  TemplateError,
  writeAtPath,
  type EvaluationScope,
} from "../src/index.ts";

const scope: EvaluationScope = {
  input: {
    model: { id: "m-1", scores: { auc: 0.93 } },
    items: Array.from({ length: 100 }, (_, index) => ({ id: index, price: index / 2 })),
  },
  context: { Execution: { Name: "e" }, State: { RetryCount: 0 } },
  variables: new Map([["threshold", 0.9]]),
  random: seededRandom(1),
  nowEpochMs: 0,
};

/** A benchmark of what does not compile would measure nothing. */
function compiled<Compiled>(result: Compiled | ExpressionSyntaxError | TemplateError): Compiled {
  if (result instanceof ExpressionSyntaxError || result instanceof TemplateError) throw new Error(result.message);
  return result;
}

const path = compiled(compilePathText("$.model.scores.auc"));
const contextPath = compiled(compilePathText("$$.Execution.Name"));
const filter = compiled(compilePathText("$.items[?(@.price > 40)].id"));
const format = compiled(compileIntrinsicText("States.Format('{}/{}', $.model.id, $$.Execution.Name)"));
const template = compiled(
  compileTemplate({ kind: "train", "id.$": "$.model.id", nested: { "auc.$": "$.model.scores.auc" } }),
);
const place = compiled(parseReferencePath("$.model.result"));
const simple = compiled(compileJsonata("$states.input.model.scores.auc >= $threshold", { field: "Condition" }));
const mapped = compiled(compileJsonata("$sum($states.input.items[price > 40].price)", { field: "Output" }));
const output = compiled(
  compileJsonataTemplate(
    { id: "{% $states.input.model.id %}", good: "{% $states.input.model.scores.auc > 0.9 %}" },
    "Output",
  ),
);

const bench = new Bench({ time: 300 });
bench
  .add("path, three members", () => void path.evaluate(scope))
  .add("path, context object", () => void contextPath.evaluate(scope))
  .add("path, filter over 100 items", () => void filter.evaluate(scope))
  .add("ResultPath, two members", () => void writeAtPath(place, scope.input, 1))
  .add("States.Format, two paths", () => void format.evaluate(scope))
  .add("payload template, two paths", () => void template.evaluate(scope))
  .add("JSONata comparison, at once", () => void simple.evaluateSync?.(scope))
  .add("JSONata template, at once", () => void output.evaluateSync?.(scope))
  .add("JSONata comparison, library", async () => void (await simple.evaluate(scope)))
  .add("JSONata sum over 100 items, library", async () => void (await mapped.evaluate(scope)));
await bench.run();

console.log("evaluations, nanoseconds each");
for (const { name, result } of bench.tasks) {
  const nanoseconds = "latency" in result ? (result.latency.mean * 1e6).toFixed(0) : "failed";
  console.log(`  ${name.padEnd(40)}${nanoseconds.padStart(10)}`);
}
