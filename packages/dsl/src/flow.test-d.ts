/** What the flow types compute. Positive only; what they refuse stands in `test/guarantees`. */
import { expectTypeOf } from "vitest";
import { z } from "zod";
import {
  and,
  at,
  booleanEquals,
  defineTask,
  isPresent,
  jsonata,
  machine,
  not,
  plain,
  States,
  stringEquals,
} from "./index.ts";
import type { OutputOf, PathFlow, TaskInput, TaskOutput, Wire } from "./index.ts";

// Wire types
expectTypeOf<Wire<{ at: Date; note?: string | undefined }>>().toEqualTypeOf<{ at: string; note?: string }>();
expectTypeOf<Wire<{ maybe: number | undefined }>>().toEqualTypeOf<{ maybe?: number }>();
expectTypeOf<Wire<[Date, "a"]>>().toEqualTypeOf<[string, "a"]>();
expectTypeOf<Wire<"a" | { kind: "b"; when: Date }>>().toEqualTypeOf<"a" | { kind: "b"; when: string }>();
expectTypeOf<Wire<void>>().toEqualTypeOf<null>();
expectTypeOf<Wire<unknown>>().toEqualTypeOf<unknown>();

// Contracts
const score = defineTask("Score", {
  input: z.object({ id: z.string(), at: z.coerce.string().optional() }),
  output: z.discriminatedUnion("outcome", [
    z.object({ outcome: z.literal("OK"), auc: z.number(), on: z.date() }),
    z.object({ outcome: z.literal("NONE") }),
  ]),
  errors: ["NoData"],
});
expectTypeOf<TaskInput<typeof score>["id"]>().toEqualTypeOf<string>();
expectTypeOf<TaskOutput<typeof score>>().toEqualTypeOf<
  { outcome: "OK"; auc: number; on: string } | { outcome: "NONE" }
>();
expectTypeOf(score.name).toEqualTypeOf<"Score">();
expectTypeOf(score.errors).toEqualTypeOf<readonly "NoData"[]>();

// Data along the chain
const input = plain<{ id: string; models: { name: string; weight?: number }[]; flags?: { fast: boolean } }>();
const start = machine("Types", { input });
const scored = start.task("Score", score, {
  resultPath: "$.score.first",
  resultSelector: (s) => ({ was: s.result.outcome }),
});
expectTypeOf<OutputOf<typeof scored>["score"]>().toEqualTypeOf<{ first: { was: "OK" | "NONE" } }>();
expectTypeOf<OutputOf<typeof scored>["id"]>().toEqualTypeOf<string>();

const mapped = start.map("Each", { items: (s) => s.input.models }, (model) =>
  model.pass("Name", { parameters: (s) => ({ name: s.input.name, kind: "model" }) }).succeed("Named"),
);
expectTypeOf<OutputOf<typeof mapped>>().toEqualTypeOf<{ name: string; kind: "model" }[]>();

const selected = start.map(
  "Each",
  {
    items: (s) => s.input.models,
    itemSelector: (s) => ({ run: s.context.Execution.Id, model: s.context.Map.Item.Value, all: s.input.id }),
  },
  (item) => item.pass("Same"),
);
expectTypeOf<OutputOf<typeof selected>[number]["model"]>().toEqualTypeOf<{ name: string; weight?: number }>();

const both = start.parallel("Both", [
  (branch) => branch.task("One", score),
  (branch) => branch.pass("Two", { parameters: () => ({ two: 2 }) }),
]);
expectTypeOf<OutputOf<typeof both>[1]>().toEqualTypeOf<{ two: 2 }>();
expectTypeOf<OutputOf<typeof both>[0]>().toEqualTypeOf<TaskOutput<typeof score>>();

// References
const read = start.pass("Read", {
  parameters: (s) => ({
    first: at(s.input.models, 0).name,
    fast: s.input.flags.fast,
    text: States.Format("{} of {}", s.input.id, States.ArrayLength(s.input.models)),
  }),
});
expectTypeOf<OutputOf<typeof read>>().toEqualTypeOf<{
  first: string | undefined;
  fast: boolean | undefined;
  text: string;
}>();

// Narrowing
start.task("Score", score).choice("Scored?", (choose) =>
  choose
    .when(
      (s) => stringEquals(s.input.outcome, "OK"),
      (flow) => {
        expectTypeOf<OutputOf<typeof flow>>().toEqualTypeOf<{ outcome: "OK"; auc: number; on: string }>();
        return flow;
      },
    )
    .otherwise((flow) => {
      expectTypeOf<OutputOf<typeof flow>>().toEqualTypeOf<{ outcome: "NONE" }>();
      return flow;
    }),
);
start.choice("There?", (choose) =>
  choose
    .when(
      (s) => and(isPresent(s.input.flags), isPresent(s.input.id)),
      (flow) => {
        expectTypeOf<OutputOf<typeof flow>["flags"]>().toEqualTypeOf<{ fast: boolean }>();
        return flow;
      },
    )
    .when(
      (s) => not(isPresent(s.input.flags)),
      (flow) => flow,
    ),
);
machine("Switch", { input: plain<{ on: true; level: number } | { on: false }>() }).choice("On?", (choose) =>
  choose
    .when(
      (s) => not(booleanEquals(s.input.on, true)),
      (flow) => {
        expectTypeOf<OutputOf<typeof flow>>().toEqualTypeOf<{ on: false }>();
        return flow;
      },
    )
    .otherwise((flow) => {
      expectTypeOf<OutputOf<typeof flow>>().toEqualTypeOf<{ on: true; level: number }>();
      return flow;
    }),
);

// Names: a fragment whose states are named by a parameter stands twice, and its states are jumped to
const tryOut = (which: "A" | "B") => (flow: PathFlow<{ id: string }>) => flow.wait(`Rest ${which}`, { seconds: 1 });
start
  .pipe(tryOut("A"))
  .pipe(tryOut("B"))
  .choice("Again?", (choose) =>
    choose.when(
      (s) => stringEquals(s.input.id, "a"),
      (flow) => flow.goTo("Rest A"),
    ),
  );
start.parallel("Both", [(branch) => branch.pipe(tryOut("A")), (branch) => branch.pipe(tryOut("B"))]);
const anyName: string = "Any";
start.parallel("Both", [(branch) => branch.pass(anyName), (branch) => branch.pass("Any")]);

// Variables: assigned on every way, or out of scope
const assigned = start
  .choice("Way?", (choose) =>
    choose
      .when(
        (s) => stringEquals(s.input.id, "a"),
        (flow) => flow.pass("A", { assign: () => ({ way: "a", only: 1 }) }),
      )
      .when(
        (s) => stringEquals(s.input.id, "b"),
        (flow) => flow.fail("B"),
      )
      .otherwise((flow) => flow.pass("C", { assign: () => ({ way: "c" }) })),
  )
  .pass("Used", { parameters: (s) => ({ way: s.vars.way }) });
expectTypeOf<OutputOf<typeof assigned>>().toEqualTypeOf<{ way: "a" | "c" }>();

// Errors
const caught = start.task("Score", score, {
  catch: (errors) =>
    errors
      .on(["NoData"], { resultPath: "$.failure" }, (flow) =>
        flow.pass("Why", { parameters: (s) => ({ why: s.input.failure.Cause }) }),
      )
      .on(["States.ALL"], {}, (flow) => flow.fail("Failed")),
});
expectTypeOf<OutputOf<typeof caught>>().toEqualTypeOf<TaskOutput<typeof score> | { why: string }>();

// JSONata
const jsonataFlow = machine("Types", { input, queryLanguage: "JSONata" })
  .task("Score", score, {
    arguments: (s) => ({ id: s.input.id }),
    output: (s) => ({
      id: s.input.id,
      outcome: s.result.outcome,
      total: jsonata<number>`$sum(${s.input.models}.weight)`,
    }),
    assign: (s) => ({ last: s.result.outcome }),
  })
  .choice("Big?", (choose) =>
    choose.when(
      (s) => jsonata<boolean>`${s.input.total} > 3 and ${s.vars.last} = "OK"`,
      (flow) => flow.succeed("Big", { output: (s) => ({ big: s.input.total }) }),
    ),
  );
expectTypeOf<OutputOf<typeof jsonataFlow>>().toEqualTypeOf<
  { id: string; outcome: "OK" | "NONE"; total: number } | { big: number }
>();

// What is sent as it is there may have more members than the task takes, as where nothing says what is sent.
const sent = machine("Types", { input: plain<{ order: { id: string; note: string } }>() }).task("Score", score, {
  parameters: (s) => s.input.order,
});
expectTypeOf<OutputOf<typeof sent>>().toEqualTypeOf<TaskOutput<typeof score>>();

// A list is written out element by element.
const add = defineTask<number[], number>("Add");
const added = machine("Types", { input, queryLanguage: "JSONata" }).task("Add", add, { arguments: () => [1, 2] });
expectTypeOf<OutputOf<typeof added>>().toEqualTypeOf<number>();
// @ts-expect-error a template of JSONPath is an object
machine("Types", { input }).task("Add", add, { parameters: () => [1, 2] });

// A member of one of several inputs is no excess, whatever else is.
const either = defineTask<{ kind: "a"; one: number } | { kind: "b"; other: number }, number>("Either");
start.task("Either", either, {
  // @ts-expect-error neither input has the third member
  parameters: () => ({ kind: "b", other: 1, third: 1 }),
});

// Items written out, some of them computed.
const listed = machine("Types", { input, queryLanguage: "JSONata" }).map(
  "Each",
  { items: (s) => [s.input.id, "always"] },
  (item) => item.pass("One", { output: (s) => ({ id: s.input }) }),
);
expectTypeOf<OutputOf<typeof listed>>().toEqualTypeOf<{ id: string }[]>();
