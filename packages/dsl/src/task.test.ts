import { type } from "arktype";
import * as v from "valibot";
import { expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { build, defineTask, machine, plain } from "./index.ts";
import type { OutputOf, TaskInput, TaskOutput } from "./index.ts";

const byZod = defineTask("Score", {
  input: z.object({ id: z.string(), asOf: z.string().optional(), rounds: z.number().default(100) }),
  output: z.discriminatedUnion("outcome", [
    z.object({ outcome: z.literal("OK"), auc: z.number(), at: z.date() }),
    z.object({ outcome: z.literal("NONE") }),
  ]),
  errors: ["NoData"],
});
const byValibot = defineTask("Score", {
  input: v.object({ id: v.string(), asOf: v.optional(v.string()), rounds: v.optional(v.number(), 100) }),
  output: v.variant("outcome", [
    v.object({ outcome: v.literal("OK"), auc: v.number(), at: v.date() }),
    v.object({ outcome: v.literal("NONE") }),
  ]),
  errors: ["NoData"],
});
const byArktype = defineTask("Score", {
  input: type({ id: "string", "asOf?": "string", rounds: "number = 100" }),
  output: type({ outcome: "'OK'", auc: "number", at: "Date" }).or({ outcome: "'NONE'" }),
  errors: ["NoData"],
});
const byTypes = defineTask<
  { id: string; asOf?: string; rounds?: number },
  { outcome: "OK"; auc: number; at: Date } | { outcome: "NONE" },
  "NoData"
>("Score");

type Sent = { id: string; asOf?: string; rounds?: number };
type Given = { outcome: "OK"; auc: number; at: string } | { outcome: "NONE" };

test("a contract has the same wire types from any schema and from plain types", () => {
  expectTypeOf<TaskInput<typeof byZod>>().toEqualTypeOf<Sent>();
  expectTypeOf<TaskInput<typeof byValibot>>().toEqualTypeOf<Sent>();
  expectTypeOf<TaskInput<typeof byArktype>>().toEqualTypeOf<Sent>();
  expectTypeOf<TaskInput<typeof byTypes>>().toEqualTypeOf<Sent>();
  expectTypeOf<TaskOutput<typeof byZod>>().toEqualTypeOf<Given>();
  expectTypeOf<TaskOutput<typeof byValibot>>().toEqualTypeOf<Given>();
  expectTypeOf<TaskOutput<typeof byArktype>>().toEqualTypeOf<Given>();
  expectTypeOf<TaskOutput<typeof byTypes>>().toEqualTypeOf<Given>();
});

test.each([
  ["zod", byZod],
  ["valibot", byValibot],
  ["arktype", byArktype],
])("a contract of %s keeps its schemas, which check what travels", async (vendor, { input }) => {
  expect(input?.["~standard"].vendor).toBe(vendor);
  expect(await input?.["~standard"].validate({ id: "card-fraud" })).toMatchObject({
    value: { id: "card-fraud", rounds: 100 },
  });
  const refused = await input?.["~standard"].validate({ id: 7 });
  expect(refused?.issues).toHaveLength(1);
});

test("machines open with any schema, and send what any contract takes", () => {
  const flows = [
    machine("Score", { input: z.object({ id: z.string() }) }).task("Score", byValibot),
    machine("Score", { input: v.object({ id: v.string() }) }).task("Score", byArktype),
    machine("Score", { input: type({ id: "string" }) }).task("Score", byZod),
    machine("Score", { input: plain<{ id: string }>() }).task("Score", byTypes),
  ] as const;
  expectTypeOf<OutputOf<(typeof flows)[number]>>().toEqualTypeOf<Given>();
  for (const flow of flows) expect(build(flow).diagnostics).toEqual([]);
});

test("what cannot travel is refused in any schema", () => {
  // @ts-expect-error "total": a bigint cannot travel between states: send a string or a number
  defineTask("Sum", { input: v.null(), output: v.object({ total: v.bigint() }) });
  // @ts-expect-error "total": a bigint cannot travel between states: send a string or a number
  defineTask("Sum", { input: type("null"), output: type({ total: "bigint" }) });
  // @ts-expect-error "total": a bigint cannot travel between states: send a string or a number
  const refused = defineTask("Sum", { input: z.null(), output: z.object({ total: z.bigint() }) });
  expect(refused.kind).toBe("task");
});
