/**
 * Runs of states that a definition repeats, alike but for their names and some texts. A run becomes a fragment's
 * pattern: the same states with a mark wherever the repetitions differ, and for each repetition the texts in its place.
 */
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { deepEqual, isJsonArray, isJsonObject } from "@stepwright/asl";
import { differingPart } from "./differing-part.ts";
import type { WrittenChain, WrittenStep } from "./written-graph.ts";
import { besidesStates, chainsOf, objectOf, objectsIn } from "./written-graph.ts";

export interface RepeatedRun {
  /** The states of one repetition, marked. */
  readonly pattern: readonly WrittenStep[];
  readonly parameters: readonly RunParameter[];
  readonly uses: readonly (readonly WrittenStep[])[];
}

export interface RunParameter {
  /** `undefined` for a part of the states' names, else the key of the texts. */
  readonly key: string | undefined;
  /** One a use, in their order. */
  readonly texts: readonly string[];
}

/** Stands in a pattern for the parameter of that index. */
function markOf(parameter: number): string {
  return `\uE000${parameter}\uE001`;
}

/** The parameter's index is captured. */
export const markPattern = /\uE000(\d+)\uE001/g;

const longestRun = 25;

/** Runs that do not overlap, those that spare most states first. */
export function findRepeatedRuns(root: WrittenChain): readonly RepeatedRun[] {
  const sequences: (readonly WrittenStep[])[] = [];
  collectSequences(root, sequences);
  const groups = [...groupRuns(sequences)].toSorted((one, other) => worthOf(other) - worthOf(one));
  const taken = new Set<WrittenStep>();
  return groups.flatMap((runs) => {
    const free = withoutOverlaps(runs, taken);
    const repeated = free.length < 2 ? undefined : generalize(free);
    if (repeated !== undefined) free.flat().forEach((step) => take(step, taken));
    return repeated ?? [];
  });
}

function collectSequences({ steps }: WrittenChain, found: (readonly WrittenStep[])[]): void {
  found.push(steps);
  for (const step of steps) for (const inner of chainsOf(step)) collectSequences(inner, found);
}

type Run = readonly WrittenStep[];

function groupRuns(sequences: readonly Run[]): Iterable<readonly Run[]> {
  const numbers = new Map<string, number>();
  const numberOf = (step: WrittenStep): number => {
    const text = JSON.stringify(shapeOf(step));
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  };
  const groups = new Map<string, Run[]>();
  for (const steps of sequences) {
    const shapes = steps.map(numberOf);
    for (let start = 0; start < steps.length; start++) {
      for (let end = start + 1; end <= Math.min(steps.length, start + longestRun); end++) {
        const key = shapes.slice(start, end).join();
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [steps.slice(start, end)]);
        else group.push(steps.slice(start, end));
      }
    }
  }
  return [...groups.values()].filter((runs) => runs.length > 1 && statesIn(runs[0] ?? []) > 1);
}

function worthOf(runs: readonly Run[]): number {
  return (runs.length - 1) * statesIn(runs[0] ?? []);
}

function statesIn(run: Run): number {
  return run.reduce(
    (sum, step) => sum + 1 + chainsOf(step).reduce((inner, { steps }) => inner + statesIn(steps), 0),
    0,
  );
}

function withoutOverlaps(runs: readonly Run[], taken: ReadonlySet<WrittenStep>): readonly Run[] {
  const own = new Set<WrittenStep>();
  return runs.filter((run) => {
    const isFree = run.every((step) => !touches(step, taken) && !touches(step, own));
    if (isFree) run.forEach((step) => take(step, own));
    return isFree;
  });
}

function touches(step: WrittenStep, steps: ReadonlySet<WrittenStep>): boolean {
  return steps.has(step) || chainsOf(step).some((chain) => chain.steps.some((inner) => touches(inner, steps)));
}

function take(step: WrittenStep, steps: Set<WrittenStep>): void {
  steps.add(step);
  for (const chain of chainsOf(step)) chain.steps.forEach((inner) => take(inner, steps));
}

/** Equal for states that may become one: everything but their names and the texts that may differ. */
function shapeOf(step: WrittenStep): unknown {
  return [
    shapeOfValue(ownFields(step), false),
    step.choices.map(({ fields, chain }) => [shapeOfValue(withoutNext(fields), true), shapeOfChain(chain)]),
    step.catchers.map(({ fields, chain }) => [shapeOfValue(withoutNext(fields), false), shapeOfChain(chain)]),
    typeof step.otherwise === "object" ? shapeOfChain(step.otherwise) : (step.otherwise ?? null),
    step.graphs.map(({ place, chain }) => [place, shapeOfChain(chain)]),
  ];
}

function shapeOfChain({ steps, exit }: WrittenChain): unknown {
  return [steps.map(shapeOf), exit.kind, exit.kind === "jumps" && exit.forward, exit.kind === "ends" && exit.explicit];
}

function shapeOfValue(value: JsonValue, open: boolean, key = ""): unknown {
  if (isJsonArray(value)) return value.map((item) => shapeOfValue(item, open, key));
  if (isJsonObject(value)) {
    return Object.entries(value).map(([name, member]) => [name, shapeOfValue(member, open || opens.has(name), name)]);
  }
  return mayDiffer(value, open, key) ? [] : value;
}

/** Fields whose texts are data, in which repetitions may differ. */
const opens: ReadonlySet<string> = new Set(["Parameters", "Arguments", "Result", "ItemSelector", "BatchInput"]);
const texts: ReadonlySet<string> = new Set(["Comment", "Error", "Cause"]);

function mayDiffer(value: JsonValue, open: boolean, key: string): value is string {
  return (
    typeof value === "string" &&
    !/^(?:\$(?!\{)|States\.|\{%)/.test(value) &&
    // Which function it is, the contract says.
    (texts.has(key) || (open && !/\.\$$|^(?:FunctionName|Qualifier|Variable)$|Path$/.test(key)))
  );
}

function ownFields({ state, graphs }: WrittenStep): JsonObject {
  const { Next: _next, End: _end, Default: _default, Choices: _choices, Catch: caught, ...fields } = state;
  const others = Object.entries(fields).map(([key, value]): [string, JsonValue] => {
    if (graphs.length === 0 || !isGraphField(key)) return [key, value];
    // As text, in which nothing may differ.
    const all = isJsonArray(value) ? objectsIn(value) : [objectOf(value)];
    return [key, JSON.stringify(all.map(besidesStates))];
  });
  return Object.fromEntries([...others, ["Catch", isJsonArray(caught) ? caught.length : null]]);
}

function isGraphField(key: string): boolean {
  return key === "Branches" || key === "ItemProcessor" || key === "Iterator";
}

function withoutNext({ Next: _, ...fields }: JsonObject): JsonObject {
  return fields;
}

/** @returns nothing when the repetitions differ in more than names and texts, or lead out of themselves */
function generalize(runs: readonly Run[]): RepeatedRun | undefined {
  const parameters: RunParameter[] = [];
  const names = runs.map((run) => namesIn(run));
  const [first = []] = names;
  const marked = first.map((_, index) => markName(names.map((each) => each[index] ?? "")));
  const [run = []] = runs;
  const pattern = markSteps(runs);
  const jumps = runs.map((each) => targetsIn(each));
  const isClosed = jumps.every((targets, use) =>
    targets.every((target, index) => {
      const position = names[use]?.indexOf(target) ?? -1;
      return position !== -1 && position === first.indexOf(jumps[0]?.[index] ?? "");
    }),
  );
  return isClosed && run.length > 0 && parameters.length <= 3 ? { pattern, parameters, uses: runs } : undefined;

  function markName(different: readonly string[]): string {
    const { before, parts, after } = differingPart(different);
    return `${before}${markOf(parameterOf(undefined, parts))}${after}`;
  }

  function parameterOf(key: string | undefined, differing: readonly string[]): number {
    const known = parameters.findIndex(
      (parameter) =>
        (parameter.key === undefined) === (key === undefined) && deepEqual([...parameter.texts], [...differing]),
    );
    return known === -1 ? parameters.push({ key, texts: differing }) - 1 : known;
  }

  function markSteps(alike: readonly Run[]): readonly WrittenStep[] {
    return (alike[0] ?? []).map((_, index) => markStep(alike.flatMap((steps) => steps[index] ?? [])));
  }

  function markStep(alike: readonly WrittenStep[]): WrittenStep {
    const [step] = alike as [WrittenStep];
    return {
      ...step,
      name: markedName(step.name),
      state: markFields(alike.map(({ state }) => state)),
      choices: markWays(
        alike.map(({ choices }) => choices),
        true,
      ),
      catchers: markWays(
        alike.map(({ catchers }) => catchers),
        false,
      ),
      otherwise:
        typeof step.otherwise === "object"
          ? markChain(alike.flatMap(({ otherwise }) => (typeof otherwise === "object" ? otherwise : [])))
          : step.otherwise,
      graphs: step.graphs.map(({ place }, index) => ({
        place,
        chain: markChain(alike.flatMap(({ graphs }) => graphs[index]?.chain ?? [])),
      })),
    };
  }

  function markWays(alike: readonly WrittenStep["choices"][], open: boolean): WrittenStep["choices"] {
    return (alike[0] ?? []).map((_, index) => {
      const ways = alike.flatMap((each) => each[index] ?? []);
      return {
        fields: markFields(
          ways.map(({ fields }) => fields),
          open,
        ),
        chain: markChain(ways.map(({ chain }) => chain)),
      };
    });
  }

  function markChain(alike: readonly WrittenChain[]): WrittenChain {
    const [{ exit }] = alike as [WrittenChain];
    return {
      steps: markSteps(alike.map(({ steps }) => steps)),
      exit: exit.kind === "jumps" ? { ...exit, to: markedName(exit.to) } : exit,
    };
  }

  function markedName(name: string): string {
    return marked[first.indexOf(name)] ?? name;
  }

  /** Of a state or a way. Transitions and inner graphs are no longer looked at there: the steps say them. */
  function markFields(alike: readonly JsonObject[], open = false): JsonObject {
    const [fields = {}] = alike;
    return Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [
        key,
        transitions.has(key) || isGraphField(key) ? value : markMember(alike, key, open),
      ]),
    );
  }

  function markMember(alike: readonly JsonObject[], key: string, open: boolean): JsonValue {
    const values = alike.map((each) => each[key] ?? null);
    return markValue(values, open || opens.has(key), key);
  }

  function markValue(alike: readonly JsonValue[], open: boolean, key: string): JsonValue {
    const [value = null] = alike;
    if (isJsonArray(value)) {
      return value.map((_, index) =>
        markValue(
          alike.map((each) => (isJsonArray(each) ? (each[index] ?? null) : null)),
          open,
          key,
        ),
      );
    }
    if (isJsonObject(value)) {
      const objects = alike.filter(isJsonObject);
      return Object.fromEntries(Object.keys(value).map((name) => [name, markMember(objects, name, open)]));
    }
    if (!mayDiffer(value, open, key) || alike.every((each) => each === value)) return value;
    return markOf(
      parameterOf(
        key,
        alike.filter((each) => typeof each === "string"),
      ),
    );
  }
}

const transitions: ReadonlySet<string> = new Set(["Next", "End", "Default", "Choices", "Catch"]);

/** In the order in which they are written. */
function namesIn(run: Run): readonly string[] {
  return run.flatMap((step) => [step.name, ...chainsOf(step).flatMap(({ steps }) => namesIn(steps))]);
}

function targetsIn(run: Run): readonly string[] {
  return run.flatMap((step) =>
    chainsOf(step).flatMap(({ steps, exit }) => [...targetsIn(steps), ...(exit.kind === "jumps" ? [exit.to] : [])]),
  );
}
