/**
 * Every class of mistake that the types refuse. Each directive names the mistake; the line below it makes it.
 * The compiler checks here that the mistake is one, and `mistakes.test.ts` what the author reads.
 */
import { z } from "zod";
import {
  defineTask,
  Jsonata,
  jsonata,
  machine,
  numericGreaterThan,
  plain,
  States,
  stringEquals,
} from "../../src/index.ts";
import type { PathFlow } from "../../src/index.ts";

const Order = z.object({ id: z.string(), amount: z.number(), note: z.string().optional(), tags: z.array(z.string()) });
const charge = defineTask("Charge", {
  input: z.object({ id: z.string(), amount: z.number() }),
  output: z.discriminatedUnion("outcome", [
    z.object({ outcome: z.literal("PAID"), receipt: z.string() }),
    z.object({ outcome: z.literal("DECLINED"), reason: z.string() }),
  ]),
  errors: ["CardExpired", "GatewayDown"],
});
const ship = defineTask("Ship", {
  input: plain<{ receipt: string; address: { city: string } }>(),
  output: plain<{ parcel: string }>(),
});
const notify = defineTask<{ text: string }, null>("Notify");

const orders = machine("Orders", { input: Order });
const jsonataOrders = machine("Orders", { input: Order, queryLanguage: "JSONata" });

export const handlerInputMismatch = orders
  .task("Charge", charge)
  // @ts-expect-error handler input mismatch
  .task("Ship", ship);

export const wrongMemberType = machine("Orders", { input: plain<{ id: number; amount: number }>() })
  // @ts-expect-error member of another type
  .task("Charge", charge);

export const unknownProperty = orders.task("Charge", charge, {
  // @ts-expect-error unknown property
  parameters: (s) => ({ id: s.input.identifier, amount: 1 }),
});

export const wrongArgumentType = orders.task("Charge", charge, {
  // @ts-expect-error argument of the wrong type
  parameters: (s) => ({ id: s.input.amount, amount: s.input.amount }),
});

export const optionalAsRequired = orders.task("Notify", notify, {
  // @ts-expect-error optional read as required
  parameters: (s) => ({ text: s.input.note }),
});

export const missingArgument = orders.task("Charge", charge, {
  // @ts-expect-error missing argument
  parameters: (s) => ({ id: s.input.id }),
});

export const excessArgument = orders.task("Charge", charge, {
  // @ts-expect-error excess argument
  parameters: (s) => ({ id: s.input.id, amount: 1, currency: "CHF" }),
});

export const duplicateStateName = orders
  .task("Charge", charge)
  // @ts-expect-error duplicate state name
  .pass("Charge");

export const duplicateStateNameInside = orders.map(
  "Lines",
  { items: (s) => s.input.tags },
  // @ts-expect-error duplicate state name in a Map
  (line) => line.pass("Lines"),
);

export const unknownJumpTarget = orders
  .task("Charge", charge)
  // @ts-expect-error unknown jump target
  .goTo("Chargd");

export const misspeltRetryError = orders.task("Charge", charge, {
  // @ts-expect-error misspelt error name in retry
  retry: [{ errors: ["GatewayDwn"] }],
});

export const misspeltCatchError = orders.task("Charge", charge, {
  // @ts-expect-error misspelt error name in catch
  catch: (errors) => errors.on(["CardExpird"], {}, (flow) => flow.fail("Expired")),
});

export const notAloneAll = orders.task("Charge", charge, {
  // @ts-expect-error States.ALL is not alone
  retry: [{ errors: ["States.ALL", "GatewayDown"] }],
});

export const misspeltOption = orders.task("Charge", charge, {
  // @ts-expect-error misspelt option
  timeoutSecond: 3,
});

export const mapInInput = defineTask("Mapped", {
  // @ts-expect-error Map on the wire
  input: z.object({ lines: z.map(z.string(), z.number()) }),
  output: z.null(),
});

export const bigintInOutput = defineTask("Counted", {
  input: z.null(),
  // @ts-expect-error bigint on the wire
  output: z.object({ total: z.bigint() }),
});

export const dateIsText = machine("Dates", { input: z.null() })
  .task("Now", defineTask("Now", { input: z.null(), output: z.object({ at: z.date(), ms: z.number() }) }))
  .task("Notify", defineTask("TakesNumber", { input: z.object({ at: z.number() }), output: z.null() }), {
    // @ts-expect-error a Date is a string on the wire
    parameters: (s) => ({ at: s.input.at }),
  });

export const unassignedOnOneWay = orders
  .choice("Big?", (choose) =>
    choose
      .when(
        (s) => numericGreaterThan(s.input.amount, 1000),
        (flow) => flow.pass("Review", { assign: () => ({ reviewer: "risk" }) }),
      )
      .otherwise((flow) => flow.pass("Skip")),
  )
  // @ts-expect-error variable not assigned on every branch
  .pass("Use", { parameters: (s) => ({ by: s.vars.reviewer }) });

export const variableOfABranch = orders
  .parallel("Both", [
    (branch) => branch.pass("Left", { assign: () => ({ left: 1 }) }),
    (branch) => branch.pass("Right"),
  ])
  // @ts-expect-error variable of a branch read outside
  .pass("Use", { parameters: (s) => ({ left: s.vars.left }) });

export const tupleIndex = orders
  .parallel("Both", [(branch) => branch.pass("Left"), (branch) => branch.pass("Right")])
  // @ts-expect-error a Parallel of two has no third result
  .pass("Use", { parameters: (s) => ({ third: s.input[2] }) });

export const discriminantMisuse = orders.task("Charge", charge).choice("Paid?", (choose) =>
  choose.when(
    (s) => stringEquals(s.input.outcome, "DECLINED"),
    // @ts-expect-error discriminant misuse
    (flow) => flow.pass("A", { parameters: (s) => ({ r: s.input.receipt }) }),
  ),
);

export const pathOptionInJsonata = jsonataOrders.task("Charge", charge, {
  // @ts-expect-error JSONPath-only option in a JSONata state
  resultPath: "$.charge",
});

export const jsonataOptionInPath = orders.pass("Shape", {
  // @ts-expect-error JSONata-only option in a JSONPath state
  output: () => ({}),
});

export const wrongComparison = orders.choice("Big?", (choose) =>
  choose.when(
    // @ts-expect-error comparison of another type
    (s) => numericGreaterThan(s.input.id, 3),
    (flow) => flow,
  ),
);

export const waitTwice = orders
  // @ts-expect-error a Wait both for seconds and until a time
  .wait("Wait", { seconds: 1, timestamp: "2030-01-01T00:00:00Z" });

export const mapOverNoArray = orders
  // @ts-expect-error items that are no array
  .map("Lines", { items: (s) => s.input.amount }, (line) => line.pass("Line"));

export const stateAfterEnd = orders
  .succeed("Done")
  // @ts-expect-error a state behind the end
  .pass("More");

export const fragmentMismatch = orders
  // @ts-expect-error a fragment that needs other data
  .pipe((flow: PathFlow<{ parcel: string }>) => flow.pass("Track"));

export const tokenWithoutCallback = orders.task("Charge", charge, {
  // @ts-expect-error token sent to a task that waits for none
  parameters: (s) => ({ id: s.context.Task.Token, amount: s.input.amount }),
});

export const variableInDistributedMap = jsonataOrders
  .pass("Keep", { assign: (s) => ({ order: s.input.id }) })
  .distributedMap("Lines", { items: (s) => s.input.tags }, (line) =>
    // @ts-expect-error variable of the machine read in a Distributed Map
    line.pass("Line", { output: (s) => ({ order: s.vars.order }) }),
  );

export const csvSettingForJson = orders.distributedMap(
  "Lines",
  {
    itemReader: {
      item: plain<string>(),
      parameters: () => ({ Bucket: "lines", Key: "lines.json" }),
      // @ts-expect-error setting of another item format
      readerConfig: { inputType: "JSON", csvDelimiter: "TAB" },
    },
  },
  (line) => line.pass("Line"),
);

export const payloadMismatch = orders.invoke("Notify", notify, {
  // @ts-expect-error payload of the wrong type
  payload: (s) => ({ text: s.input.amount }),
});

export const wrongMemberOfResults = jsonataOrders.map(
  "Lines",
  { items: (s) => s.input.tags },
  (line) => line.task("Notify", notify, { arguments: (s) => ({ text: s.input }), output: () => ({ told: true }) }),
  // @ts-expect-error member that no iteration gives
  { output: (s) => Jsonata.pluck(s.result, "tld") },
);

export const duplicateInBranches = orders.parallel("Both", [
  // @ts-expect-error state name of a branch further on
  (branch) => branch.pass("Left"),
  (branch) => branch.pass("Right"),
  // @ts-expect-error state name of another branch
  (branch) => branch.pass("Left"),
]);

export const duplicateInCatcher = orders.map(
  "Lines",
  {
    items: (s) => s.input.tags,
    catch: (errors) => errors.on(["States.ALL"], {}, (flow) => flow.pass("Line")),
  },
  // @ts-expect-error state name of the Catcher
  (line) => line.pass("Line"),
);

const track = (flow: PathFlow<{ id: string }>) => flow.pass("Track");
export const fragmentTwice = orders
  .pipe(track)
  // @ts-expect-error a fragment twice without a prefix
  .pipe(track);

export const outerVariable = orders
  .pass("Keep", { assign: (s) => ({ total: s.result.amount }) })
  .map("Lines", { items: (s) => s.input.tags }, (line) =>
    // @ts-expect-error variable of the states around assigned in a Map
    line.pass("Line", { assign: (s) => ({ total: s.result }) }),
  );

export const jsonataInPath = orders.pass("Sum", {
  // @ts-expect-error JSONata in a JSONPath state
  parameters: () => ({ sum: jsonata<number>`1 + 1` }),
});

export const jsonataSentInPath = orders.task("Charge", charge, {
  // @ts-expect-error JSONata sent by a JSONPath state
  parameters: (s) => ({ id: s.input.id, amount: jsonata<number>`1 + 1` }),
});

export const jsonataConditionInPath = orders.choice("Big?", (choose) =>
  choose.when(
    // @ts-expect-error JSONata in a JSONPath condition
    () => numericGreaterThan(jsonata<number>`1 + 1`, 3),
    (flow) => flow,
  ),
);

export const functionInJsonata = jsonataOrders.pass("Name", {
  // @ts-expect-error intrinsic function in a JSONata state
  output: () => ({ id: States.UUID() }),
});

export const selectorIsNoObject = orders.task("Charge", charge, {
  // @ts-expect-error a template of JSONPath that is no object
  resultSelector: (s) => s.result,
});

export const readerWithoutFormat = orders.distributedMap(
  "Lines",
  {
    // @ts-expect-error a reader that does not say its format
    itemReader: { item: plain<string>(), parameters: () => ({ Bucket: "lines", Key: "lines.json" }) },
  },
  (line) => line.pass("Line"),
);

export const batcherWithoutLimit = orders.distributedMap(
  "Lines",
  {
    items: (s) => s.input.tags,
    // @ts-expect-error a batcher without a limit
    itemBatcher: {},
  },
  (line) => line.pass("Line"),
);

export const partThatIsNotThere = orders.pass("Take", {
  // @ts-expect-error part of the output that is not there
  outputPath: (s) => s.output.identifier,
});

export const outsideThePart = machine("Nested", { input: plain<{ order: { id: string }; at: string }>() })
  // @ts-expect-error data outside of the part that inputPath takes
  .pass("Take", { inputPath: (s) => s.input.order, parameters: (s) => ({ at: s.input.at }) });

export const forwardToEarlier = orders
  .pass("First")
  // @ts-expect-error jump forward to a state that is written already
  .goForward("First");

export const dataOfNoBranch = orders.parallelWith("Both", { parameters: (s) => ({ who: s.input.id }) }, [
  // @ts-expect-error data that a branch is not given
  (branch) => branch.pass("Left", { parameters: (s) => ({ amount: s.input.amount }) }),
]);

export const forgottenByDefault = orders
  .choice("Big?", (choose) =>
    choose
      .when(
        (s) => numericGreaterThan(s.input.amount, 1000),
        (flow) => flow,
      )
      .otherwiseWith({ assign: () => ({ small: true }) }, (flow) => flow),
  )
  // @ts-expect-error variable that only the default assigns
  .pass("Use", { parameters: (s) => ({ small: s.vars.small }) });
