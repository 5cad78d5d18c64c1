/**
 * What one execution of a machine costs, told from its definition: at least (the shortest way, every task at its first
 * attempt) and at most (the longest way, every Retrier spent). `Infinity` stands for what nothing bounds.
 */
import { historyEventsOfGraph, isJsonArray, isJsonObject, parseTaskResource, walkGraphs } from "@stepwright/asl";
import type { JsonValue, WalkedGraph, WalkedState } from "@stepwright/asl";
import { retriesOf } from "./retries.ts";
import { cheapestWay, dearestWay } from "./worst-way.ts";

export interface Budget {
  /** Of the execution or, when that has more, of one child of a Distributed Map. */
  readonly historyEvents: Span;
  /** States entered and attempts made again, those of a Distributed Map's standard children included. */
  readonly transitions: Span;
  /** US dollars for the transitions of a standard machine; what tasks cost themselves is not in it. */
  readonly priceUsd: Span;
  /** From the first state to the last, at most. */
  readonly durationSeconds: number;
  /** Why something has no bound. */
  readonly unbounded: readonly string[];
}

export interface Span {
  readonly least: number;
  readonly most: number;
}

export interface BudgetOptions {
  /** How many items a Map gets, by state name or, under `*`, any Map that does not know its own; 1 when absent. */
  readonly items?: Readonly<Record<string, number>>;
  /** The timeout of a function by the placeholder of its ARN; Lambda's own most, 900, when absent. */
  readonly functionTimeoutSeconds?: (resource: string) => number | undefined;
  readonly type?: "STANDARD" | "EXPRESS";
}

/**
 * For one transition in most regions. Express machines are paid by requests and by time.
 *
 * @see https://aws.amazon.com/step-functions/pricing/ (2026-11)
 */
const usdPerTransition = 0.000_025;

/** The service stops an execution then: a year, or five minutes of an express one. */
const serviceSeconds = { STANDARD: 31_536_000, EXPRESS: 300 } as const;

export function budgetOf(definition: JsonValue | object, options: BudgetOptions = {}): Budget {
  const graphs = walkGraphs(definition);
  const [root] = graphs;
  if (root === undefined) {
    const nothing = { least: 0, most: 0 };
    return { historyEvents: nothing, transitions: nothing, priceUsd: nothing, durationSeconds: 0, unbounded: [] };
  }
  const { type = "STANDARD" } = options;
  const unbounded = new Set<string>();
  const context: Context = { options, unbounded };
  const timeout = root.value["TimeoutSeconds"];
  const bound = typeof timeout === "number" ? timeout : Infinity;
  const transitions = { least: leastTransitions(root, context), most: mostTransitions(root, context) };
  const price = (count: number) => (type === "STANDARD" ? count * usdPerTransition : 0);
  const runsFor = mostSeconds(root, { options, unbounded: bound === Infinity ? unbounded : new Set() });
  return {
    historyEvents: {
      least: Math.max(...historiesOf(graphs).map((graph) => 2 + leastEvents(graph, context))),
      most: Math.max(...historiesOf(graphs).map((graph) => 2 + mostEvents(graph, context))),
    },
    transitions,
    priceUsd: { least: price(transitions.least), most: price(transitions.most) },
    durationSeconds: Math.min(runsFor, bound, type === "EXPRESS" ? serviceSeconds.EXPRESS : Infinity),
    unbounded: [...unbounded],
  };
}

interface Context {
  readonly options: BudgetOptions;
  readonly unbounded: Set<string>;
}

/** The graphs that have a history of their own: the machine, and each Distributed Map's processor. */
function historiesOf(graphs: readonly WalkedGraph[]): readonly WalkedGraph[] {
  return graphs.filter(({ owner }) => owner === undefined || isDistributed(owner));
}

function leastEvents(graph: WalkedGraph, { options }: Context): number {
  return historyEventsOfGraph(graph, (state) => (isDistributed(state) ? 0 : itemsOf(state, options)));
}

function mostEvents(graph: WalkedGraph, context: Context): number {
  return dearestWay(graph, (state) => mostEventsOfState(state, context), loopNoted(context));
}

function mostEventsOfState(state: WalkedState, context: Context): number {
  const type = state.value["Type"];
  const attempts = 1 + retriesOf(state).attempts;
  if (type === "Task") {
    // Entered and Exited; Scheduled, Started and how it ended at each attempt, and Submitted where a job is waited for.
    return 2 + attempts * (isWaiting(state) ? 4 : 3);
  }
  if (type === "Map" && isDistributed(state)) {
    return 2 + attempts * 4;
  }
  if (type === "Map") {
    return 2 + attempts * (2 + times(itemsOf(state, context.options), 2 + innerMost(state, context)));
  }
  if (type === "Parallel") {
    return 2 + attempts * (2 + sumOf(state.graphs, (graph) => mostEvents(graph, context)));
  }
  return type === "Fail" ? 1 : 2;
}

function innerMost(state: WalkedState, context: Context): number {
  return sumOf(state.graphs.slice(0, 1), (graph) => mostEvents(graph, context));
}

function leastTransitions(graph: WalkedGraph, context: Context): number {
  return cheapestWay(graph, (state) => 1 + innerTransitions(state, context, leastTransitions));
}

function mostTransitions(graph: WalkedGraph, context: Context): number {
  return dearestWay(
    graph,
    (state) => (1 + retriesOf(state).attempts) * (1 + innerTransitions(state, context, mostTransitions)),
    loopNoted(context),
  );
}

function innerTransitions(
  state: WalkedState,
  context: Context,
  count: (graph: WalkedGraph, context: Context) => number,
): number {
  if (isExpressChild(state)) {
    return 0;
  }
  const inner = sumOf(state.graphs, (graph) => count(graph, context));
  return state.value["Type"] === "Map" ? times(itemsOf(state, context.options), inner) : inner;
}

function mostSeconds(graph: WalkedGraph, context: Context): number {
  return dearestWay(graph, (state) => mostSecondsOfState(state, context), loopNoted(context));
}

function mostSecondsOfState(state: WalkedState, context: Context): number {
  const { attempts, delaySeconds } = retriesOf(state);
  const once = secondsOfAttempt(state, context);
  if (once === Infinity && state.graphs.length === 0) {
    const what =
      state.value["Type"] === "Wait" ? "waits for a time that it finds at run time" : "has no TimeoutSeconds";
    context.unbounded.add(`${state.name} ${what}`);
  }
  return times(1 + attempts, once) + delaySeconds;
}

function secondsOfAttempt(state: WalkedState, context: Context): number {
  const { value } = state;
  switch (value["Type"]) {
    case "Task":
      return taskSeconds(state, context);
    case "Wait":
      return typeof value["Seconds"] === "number" ? value["Seconds"] : Infinity;
    case "Parallel":
      return Math.max(0, ...state.graphs.map((graph) => mostSeconds(graph, context)));
    case "Map":
      return times(
        roundsOf(state, context.options),
        sumOf(state.graphs.slice(0, 1), (graph) => mostSeconds(graph, context)),
      );
    default:
      return 0;
  }
}

/** Lambda's most, and about the most that a call of an API takes. */
const functionSeconds = 900;
const requestSeconds = 60;

function taskSeconds({ value }: WalkedState, { options }: Context): number {
  const timeout = value["TimeoutSeconds"];
  const resource = typeof value["Resource"] === "string" ? value["Resource"] : "";
  const parsed = parseTaskResource(resource);
  const isFunction = parsed === undefined ? !/activity/i.test(resource) : parsed.kind === "lambda";
  const isCall = parsed !== undefined && "pattern" in parsed;
  if (isFunction || (isCall && parsed.service === "lambda" && parsed.pattern === "requestResponse")) {
    const name = isFunction ? resource : functionNameOf(value["Parameters"] ?? value["Arguments"]);
    const own = options.functionTimeoutSeconds?.(name) ?? functionSeconds;
    return typeof timeout === "number" ? Math.min(timeout, own) : own;
  }
  if (typeof timeout === "number") {
    return timeout;
  }
  return isCall && parsed.pattern === "requestResponse" ? requestSeconds : Infinity;
}

function functionNameOf(request: JsonValue | undefined): string {
  const name = isJsonObject(request) ? request["FunctionName"] : undefined;
  return typeof name === "string" ? name : "";
}

function isWaiting({ value }: WalkedState): boolean {
  return typeof value["Resource"] === "string" && /\.(?:sync(?::2)?|waitForTaskToken)$/.test(value["Resource"]);
}

function isDistributed(state: WalkedState): boolean {
  return processorConfig(state)["Mode"] === "DISTRIBUTED";
}

function isExpressChild(state: WalkedState): boolean {
  return isDistributed(state) && processorConfig(state)["ExecutionType"] === "EXPRESS";
}

function processorConfig({ value }: WalkedState): Readonly<Record<string, JsonValue>> {
  const processor = value["ItemProcessor"];
  const config = isJsonObject(processor) ? processor["ProcessorConfig"] : undefined;
  return isJsonObject(config) ? config : {};
}

/** How many items a Map is reckoned with: those it names itself, else those that are expected. */
export function itemsOf(state: WalkedState, { items = {} }: BudgetOptions): number {
  const own = state.value["Items"];
  if (isJsonArray(own)) {
    return own.length;
  }
  const expected = Object.hasOwn(items, state.name) ? items[state.name] : items["*"];
  return expected ?? 1;
}

/** The service runs 40 at once inline and 10,000 distributed unless the Map says otherwise. */
function roundsOf(state: WalkedState, options: BudgetOptions): number {
  const stated = state.value["MaxConcurrency"];
  const most = isDistributed(state) ? 10_000 : 40;
  const concurrency = typeof stated === "number" && stated > 0 ? Math.min(stated, most) : most;
  return Math.ceil(itemsOf(state, options) / concurrency);
}

function loopNoted({ unbounded }: Context) {
  return (state: string): void => {
    unbounded.add(`${state} can come again, in a loop`);
  };
}

/** Nothing, however often, is nothing; JavaScript's `0 * Infinity` is not a number. */
function times(count: number, each: number): number {
  return count === 0 || each === 0 ? 0 : count * each;
}

function sumOf<Item>(items: readonly Item[], valueOf: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + valueOf(item), 0);
}
