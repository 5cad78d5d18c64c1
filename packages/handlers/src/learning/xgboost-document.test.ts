import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readGolden } from "../../test/golden-model.ts";
import { learnableTable } from "../../test/learnable-table.ts";
import { trainBoostedTrees } from "./boosting.ts";
import { predictMargins } from "./predict.ts";
import { readXgboostDocument, writeXgboostDocument } from "./xgboost-document.ts";

const table = learnableTable(2000, 5);
const model = trainBoostedTrees(table, undefined, { num_round: 8, max_depth: 4, eta: 1 });
const text = writeXgboostDocument(model);

describe("the three traps of the document", () => {
  test("floats look like floats and integers like integers, in every tree", () => {
    const floats = ["base_weights", "loss_changes", "split_conditions", "sum_hessian"];
    const integers = ["default_left", "left_children", "parents", "right_children", "split_indices", "split_type"];
    for (const name of floats) {
      const lists = [...text.matchAll(new RegExp(`"${name}":\\[([^\\]]*)\\]`, "g"))];
      expect(lists).toHaveLength(8);
      for (const [, list] of lists) for (const entry of list!.split(",")) expect(entry).toMatch(/^-?\d(\.\d+)?E-?\d+$/);
    }
    for (const name of integers) {
      const lists = [...text.matchAll(new RegExp(`"${name}":\\[([^\\]]*)\\]`, "g"))];
      expect(lists).toHaveLength(8);
      for (const [, list] of lists) for (const entry of list!.split(",")) expect(entry).toMatch(/^-?\d+$/);
    }
  });

  test("base_score is the shortest text of its float32: more than nine digits are misread without an error", () => {
    fc.assert(
      fc.property(fc.float({ min: Math.fround(1e-6), max: Math.fround(0.999), noNaN: true }), (baseScore) => {
        const [, score] = /"base_score":"([^"]*)"/.exec(writeXgboostDocument({ ...model, trees: [], baseScore }))!;
        expect(score!.replace(/E.*/, "").replace(/[.-]/g, "").length).toBeLessThanOrEqual(9);
        expect(Math.fround(Number(score))).toBe(baseScore);
      }),
    );
  });

  test("base_score is written as a scalar and read as a scalar or, as XGBoost 3.1 writes it, as an array", () => {
    const scalar = /"base_score":"([^"[\]]+)"/.exec(text)!;
    const array = text.replace(scalar[0], `"base_score":"[${scalar[1]}]"`);
    expect(readXgboostDocument(text).baseScore).toBe(model.baseScore);
    expect(readXgboostDocument(array).baseScore).toBe(model.baseScore);
  });
});

test("a tree has every member that XGBoost's schema requires, and the learner too", () => {
  const ours = shapeOf(JSON.parse(text));
  const theirs = shapeOf(JSON.parse(new TextDecoder().decode(readGolden("libxgboost-1.7.4.json"))));
  // Attributes are what somebody hangs on a model; the schema requires none.
  expect(ours).toEqual(theirs.replace(/"attributes":\{.*?\}/, '"attributes":{}'));
});

describe("round trips", () => {
  test("a model that was written and read is the same model", () => {
    expect(readXgboostDocument(text)).toEqual(model);
    expect(readXgboostDocument(new TextEncoder().encode(text))).toEqual(model);
    expect(writeXgboostDocument(readXgboostDocument(text))).toBe(text);
    expect(predictMargins(readXgboostDocument(text), table)).toEqual(predictMargins(model, table));
  });

  test("libxgboost's two forms are one model, and our writing of it reads the same", () => {
    const fromJson = readXgboostDocument(readGolden("libxgboost-1.7.4.json"));
    expect(readXgboostDocument(readGolden("libxgboost-1.7.4.ubj"))).toEqual(fromJson);
    expect(readXgboostDocument(writeXgboostDocument(fromJson))).toEqual(fromJson);
  });

  test("white space after the brace is JSON, not UBJSON", () => {
    const spaced = JSON.stringify(JSON.parse(text), undefined, 2);
    expect(readXgboostDocument(new TextEncoder().encode(spaced)).trees).toHaveLength(8);
  });

  test("a document without feature names has none", () => {
    expect(readXgboostDocument(changed(["learner", "feature_names"], [])).featureNames).toEqual([]);
  });
});

describe("a damaged file is refused, and the place is named", () => {
  const tree = ["learner", "gradient_booster", "model", "trees", 0] as const;
  const at = "/learner/gradient_booster/model/trees/0";
  test.each([
    ["an empty file", new Uint8Array(0), "byte 0", "found an empty file"],
    ["a pickle", Uint8Array.of(0x80, 4), "byte 0", "found the byte 128"],
    ["cut JSON", text.slice(0, 1000), "/", "no JSON"],
    ["another document", "{}", "/learner", 'wanted a member "learner"'],
    [
      "another objective",
      changed(["learner", "objective", "name"], "reg:squarederror"),
      "/learner/objective/name",
      'wanted "binary:logistic"',
    ],
    [
      "another booster",
      changed(["learner", "gradient_booster", "name"], "dart"),
      "/learner/gradient_booster/name",
      'wanted "gbtree"',
    ],
    [
      "a base score of two classes",
      changed(["learner", "learner_model_param", "base_score"], "[1E-1,2E-1]"),
      "/learner/learner_model_param/base_score",
      "wanted one probability",
    ],
    [
      "a base score of 0",
      changed(["learner", "learner_model_param", "base_score"], "0E0"),
      "/learner/learner_model_param/base_score",
      "wanted one probability",
    ],
    [
      "a missing tree",
      changed(["learner", "gradient_booster", "model", "gbtree_model_param", "num_trees"], "9"),
      "/learner/gradient_booster/model/trees",
      "found 8 trees; wanted 9",
    ],
    [
      "a name too few",
      changed(["learner", "feature_names"], ["a"]),
      "/learner/feature_names",
      "found 1 names; wanted 5",
    ],
    ["a child that does not exist", changed([...tree, "left_children", 0], 99), `${at}/left_children/0`, "found 99"],
    [
      "a child that is its own parent",
      changed([...tree, "left_children", 0], 0),
      `${at}/left_children/0`,
      "second way into node 0",
    ],
    ["a node with one child", changed([...tree, "right_children", 0], -1), `${at}/right_children/0`, "found one child"],
    [
      "a feature that does not exist",
      changed([...tree, "split_indices", 0], 5),
      `${at}/split_indices/0`,
      "found 5; wanted an integer from 0 to 4",
    ],
    [
      "a threshold that is no number",
      changed([...tree, "split_conditions", 0], null),
      `${at}/split_conditions/0`,
      "found null",
    ],
    ["a categorical split", changed([...tree, "split_type", 0], 1), `${at}/split_type/0`, "found 1"],
    ["a node too few", changed([...tree, "sum_hessian"], []), `${at}/sum_hessian`, "found 0 entries"],
    ["a member too few", changed([...tree, "default_left"], undefined), `${at}/default_left`, "found nothing"],
    [
      "a tree without a root",
      changed([...tree, "tree_param", "num_nodes"], "0"),
      `${at}/tree_param/num_nodes`,
      "wanted a root",
    ],
  ])("%s", (_, file, location, message) => {
    expect(() => readXgboostDocument(file)).toThrow(
      expect.objectContaining({
        name: "ModelArtifactCorruptError",
        location,
        message: expect.stringContaining(message),
      }),
    );
  });

  test("a flipped byte of a UBJSON file is refused or harmless, never a crash or a hang", () => {
    const golden = readGolden("libxgboost-1.7.4.ubj");
    fc.assert(
      fc.property(fc.nat(golden.length - 1), fc.integer({ min: 1, max: 255 }), (place, flip) => {
        const damaged = Uint8Array.from(golden);
        damaged[place]! ^= flip;
        expect(["read", "ModelArtifactCorruptError"]).toContain(outcomeOf(() => readXgboostDocument(damaged)));
      }),
      { numRuns: 200 },
    );
  });
});

function outcomeOf(read: () => unknown): string {
  try {
    read();
    return "read";
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

/** The members and their kinds, without values; a list of objects is shown by its first. */
function shapeOf(document: unknown): string {
  return JSON.stringify(document, (_, value: unknown) => {
    if (Array.isArray(value)) return typeof value[0] === "object" ? { first: value[0] } : "list";
    return typeof value === "object" ? value : typeof value;
  });
}

/** The document with one member replaced. */
function changed(path: readonly (string | number)[], value: unknown): string {
  const document = JSON.parse(text);
  const parent = path.slice(0, -1).reduce((at, key) => at[key], document);
  parent[path.at(-1)!] = value;
  return JSON.stringify(document);
}
