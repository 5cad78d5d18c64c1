import type { JsonObject } from "@stepwright/asl";
import { reachableStates, seededRandom, walkGraphs } from "@stepwright/asl";
import { expect, test } from "vitest";
import { generateFrom, typeCheck } from "../../test/imported-source.ts";
import { importDefinition } from "./import-definition.ts";

test(
  "graphs of any shape generate themselves again: loops, ways that cross, ends in the middle",
  { timeout: 60_000 },
  async () => {
    const source = seededRandom(7);
    const random = () => source.next();
    const sources = Array.from({ length: 300 }, () => {
      const definition = randomDefinition(random);
      const imported = importDefinition(definition, { name: "Random" });
      expect(generateFrom(imported)).toEqual(definition);
      return imported;
    });
    expect(await typeCheck(sources)).toBe("");
  },
);

test("repeated graphs of any shape generate themselves again", { timeout: 60_000 }, async () => {
  const source = seededRandom(11);
  const random = () => source.next();
  const sources = Array.from({ length: 200 }, () => {
    const graph = randomDefinition(random);
    const branches = ["A", "B", "C"].map((name) => renamed(graph, name, random));
    const definition = { StartAt: "All", States: { All: { Type: "Parallel", Branches: branches, End: true } } };
    const imported = importDefinition(definition, { name: "Random" });
    expect(generateFrom(imported)).toEqual(definition);
    return imported;
  });
  expect(await typeCheck(sources)).toBe("");
  expect(sources.filter((each) => each.includes(".pipe(")).length).toBeGreaterThan(40);
});

test("graphs of any shape in two query languages generate themselves again", { timeout: 60_000 }, async () => {
  const source = seededRandom(13);
  const random = () => source.next();
  const sources = Array.from({ length: 300 }, () => {
    const definition = partlyInJsonata(randomDefinition(random), random);
    const imported = importDefinition(definition, { name: "Random" });
    expect(generateFrom(imported)).toEqual(definition);
    return imported;
  });
  expect(await typeCheck(sources)).toBe("");
  expect(sources.filter((each) => each.includes(".inJsonata(")).length).toBeGreaterThan(150);
});

function partlyInJsonata(definition: JsonObject, random: Random): JsonObject {
  const states = Object.entries(definition["States"] as JsonObject).map(([name, state]): [string, JsonObject] => {
    const { Choices: rules, ...fields } = state as JsonObject;
    if (random() < 0.2) return [name, state as JsonObject];
    if (rules === undefined) return [name, { ...fields, QueryLanguage: "JSONata" }];
    const conditions = (rules as readonly JsonObject[]).map(({ NumericEquals: way, Next: next }) => ({
      Condition: `{% $states.input.way = ${JSON.stringify(way)} %}`,
      Next: next ?? null,
    }));
    return [name, { ...fields, QueryLanguage: "JSONata", Choices: conditions }];
  });
  return { ...definition, States: Object.fromEntries(states) };
}

/** The graph again with names and texts of its own; sometimes a text too many differs. */
function renamed(graph: JsonObject, name: string, random: Random): JsonObject {
  const text = JSON.stringify(graph)
    .replaceAll(/"(S\d+)"/g, (_, state: string) => `"${state} of ${name}"`)
    .replaceAll('"Type":"Pass"', () => {
      const words = random() < 0.1 ? `"${random()}"` : `"${name}"`;
      return `"Type":"Pass","Comment":${words},"Result":{"Next":${words},"End":[${words}],"Branches":"${name}!"}`;
    });
  return { ...(JSON.parse(text) as JsonObject), ...(random() < 0.2 ? { Comment: `branch ${name}` } : {}) };
}

type Random = () => number;

/** Only the states that can be reached, as every valid definition has them. */
function randomDefinition(random: Random): JsonObject {
  const names = Array.from({ length: 2 + Math.floor(random() * 10) }, (_, index) => `S${index}`);
  const all: JsonObject = {
    StartAt: "S0",
    States: Object.fromEntries(names.map((name) => [name, randomState(random, names)])),
  };
  const [graph] = walkGraphs(all);
  const reached = graph === undefined ? new Set<string>() : reachableStates(graph);
  const states = Object.entries(all["States"] as JsonObject).filter(([name]) => reached.has(name));
  return { StartAt: "S0", States: Object.fromEntries(states) };
}

function randomState(random: Random, names: readonly string[]): JsonObject {
  const pick = () => names[Math.floor(random() * names.length)] ?? "S0";
  const some = <Value>(make: (index: number) => Value) =>
    Array.from({ length: 1 + Math.floor(random() * 3) }, (_, index) => make(index));
  const exit = (): JsonObject => (random() < 0.2 ? { End: true } : { Next: pick() });
  const kinds: readonly (() => JsonObject)[] = [
    () => ({ Type: "Pass", ...exit() }),
    () => ({ Type: "Succeed" }),
    () => ({ Type: "Fail" }),
    () => ({
      Type: "Choice",
      Choices: some((index) => ({ Variable: "$.way", NumericEquals: index, Next: pick() })),
      ...(random() < 0.8 ? { Default: pick() } : {}),
    }),
    () => ({
      Type: "Task",
      Resource: "${WorkFunctionArn}",
      Catch: some((index) => ({ ErrorEquals: [`E${index}`], Next: pick() })),
      ...exit(),
    }),
  ];
  // Ends are rare, so that graphs grow large.
  const weights = [0.3, 0.35, 0.4, 0.7, 1];
  const drawn = random();
  return (kinds[weights.findIndex((weight) => drawn < weight)] ?? kinds[0])?.() ?? {};
}
