/**
 * The XGBoost model document: what the local endpoint, a Lambda function and SageMaker's XGBoost container all serve.
 *
 * Written as JSON in the form of XGBoost 1.7, which every later release reads; read as JSON or UBJSON of any release
 * since 1.3. A document keeps every float32, so a model that was written and read answers the same bits.
 *
 * @see XGBoost's `doc/model.schema`
 */
import type { BoostedTrees, RegressionTree } from "./boosted-trees.ts";
import { float32Text } from "./float32-text.ts";
import { ModelArtifactCorruptError } from "./model-artifact-error.ts";
import { decodeUbjson } from "./ubjson.ts";

/** A typed array says how its numbers are written: a `Float32Array` as floats, any other as integers. */
type Writable =
  | string
  | number
  | Float32Array
  | Int32Array
  | Uint8Array
  | readonly Writable[]
  | { readonly [key: string]: Writable };

/** Prints a model; the same model gives the same text. */
export function writeXgboostDocument(model: BoostedTrees): string {
  const featureCount = String(model.featureCount);
  return print({
    learner: {
      attributes: {},
      feature_names: model.featureNames,
      feature_types: model.featureNames.map(() => "float"),
      gradient_booster: {
        model: {
          gbtree_model_param: {
            num_parallel_tree: "1",
            num_trees: String(model.trees.length),
            size_leaf_vector: "0",
          },
          tree_info: new Int32Array(model.trees.length),
          trees: model.trees.map((tree, id) => writableTree(tree, id, featureCount)),
        },
        name: "gbtree",
      },
      learner_model_param: {
        // A scalar: releases from 3.1 write an array here but read both, those before read only this.
        base_score: float32Text(model.baseScore),
        // The prior is given; XGBoost must not estimate another one when the training goes on.
        boost_from_average: "0",
        num_class: "0",
        num_feature: featureCount,
        num_target: "1",
      },
      objective: { name: model.objective, reg_loss_param: { scale_pos_weight: "1" } },
    },
    version: [1, 7, 5],
  });
}

function writableTree(tree: RegressionTree, id: number, featureCount: string): Writable {
  const nodes = tree.left_children.length;
  return {
    base_weights: tree.base_weights,
    categories: [],
    categories_nodes: [],
    categories_segments: [],
    categories_sizes: [],
    default_left: tree.default_left,
    id,
    left_children: tree.left_children,
    loss_changes: tree.loss_changes,
    parents: tree.parents,
    right_children: tree.right_children,
    split_conditions: tree.split_conditions,
    split_indices: tree.split_indices,
    split_type: new Uint8Array(nodes),
    sum_hessian: tree.sum_hessian,
    tree_param: {
      num_deleted: "0",
      num_feature: featureCount,
      num_nodes: String(nodes),
      size_leaf_vector: "0",
    },
  };
}

function print(value: Writable): string {
  if (typeof value === "string" || typeof value === "number") return JSON.stringify(value);
  if (value instanceof Float32Array) return `[${Array.from(value, float32Text).join(",")}]`;
  if (value instanceof Int32Array || value instanceof Uint8Array) return `[${value.join(",")}]`;
  if (isWritableList(value)) return `[${value.map(print).join(",")}]`;
  const members = Object.entries(value).map(([key, content]) => `${JSON.stringify(key)}:${print(content)}`);
  return `{${members.join(",")}}`;
}

function isWritableList(value: Writable): value is readonly Writable[] {
  return Array.isArray(value);
}

/**
 * Reads a model, whichever of the two forms it has.
 *
 * @throws {ModelArtifactCorruptError} when the file is damaged, or is no `binary:logistic` model of numeric trees
 */
export function readXgboostDocument(file: Uint8Array | string): BoostedTrees {
  const document = parse(file);
  const learner = member(document, "", "learner");
  const at = "/learner";

  const objective = member(learner, at, "objective");
  expectText(member(objective, `${at}/objective`, "name"), `${at}/objective/name`, "binary:logistic");
  const booster = member(learner, at, "gradient_booster");
  expectText(member(booster, `${at}/gradient_booster`, "name"), `${at}/gradient_booster/name`, "gbtree");

  const parameters = member(learner, at, "learner_model_param");
  const atParameters = `${at}/learner_model_param`;
  const featureCount = readCount(parameters, atParameters, "num_feature");
  const baseScore = readBaseScore(member(parameters, atParameters, "base_score"), `${atParameters}/base_score`);
  const featureNames = readFeatureNames(learner, at, featureCount);

  const atModel = `${at}/gradient_booster/model`;
  const model = member(booster, `${at}/gradient_booster`, "model");
  const trees = list(member(model, atModel, "trees"), `${atModel}/trees`);
  const treeCount = readCount(
    member(model, atModel, "gbtree_model_param"),
    `${atModel}/gbtree_model_param`,
    "num_trees",
  );
  if (trees.length !== treeCount) {
    throw new ModelArtifactCorruptError(`${atModel}/trees`, `found ${trees.length} trees; wanted ${treeCount}.`);
  }
  return {
    objective: "binary:logistic",
    featureNames,
    featureCount,
    baseScore,
    trees: trees.map((tree, place) => readTree(tree, `${atModel}/trees/${place}`, featureCount)),
  };
}

const OPENING_BRACE = "{".charCodeAt(0);
/** What may follow the opening brace in JSON, but not in UBJSON: a quote or white space. */
const JSON_SECOND_BYTES = new Set(Array.from('" \t\r\n', (character) => character.charCodeAt(0)));

function parse(file: Uint8Array | string): unknown {
  if (typeof file !== "string") {
    if (file[0] !== OPENING_BRACE) {
      const found = file.length === 0 ? "an empty file" : `the byte ${file[0]}`;
      throw new ModelArtifactCorruptError("byte 0", `found ${found}; wanted {, with which JSON and UBJSON begin.`);
    }
    if (!JSON_SECOND_BYTES.has(file[1] ?? 0)) return decodeUbjson(file);
  }
  try {
    return JSON.parse(typeof file === "string" ? file : new TextDecoder().decode(file));
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new ModelArtifactCorruptError("/", `found text that is no JSON (${message}).`, { cause });
  }
}

function readTree(tree: unknown, at: string, featureCount: number): RegressionTree {
  const nodes = readCount(member(tree, at, "tree_param"), `${at}/tree_param`, "num_nodes");
  function numbers(key: string, accepts: (value: number) => boolean, wanted: string): readonly number[] {
    return numberList(member(tree, at, key), `${at}/${key}`, nodes, accepts, wanted);
  }
  const integers = (key: string, least: number, most: number) =>
    numbers(
      key,
      (value) => Number.isInteger(value) && value >= least && value <= most,
      `an integer from ${least} to ${most}`,
    );
  const floats = (key: string) => Float32Array.from(numbers(key, Number.isFinite, "a finite number"));

  if (nodes === 0)
    throw new ModelArtifactCorruptError(`${at}/tree_param/num_nodes`, "found 0; wanted a root at least.");
  if (isRecord(tree) && Object.hasOwn(tree, "split_type")) integers("split_type", 0, 0);
  const left = integers("left_children", -1, nodes - 1);
  const right = integers("right_children", -1, nodes - 1);
  assertTree(left, right, at);
  return {
    left_children: Int32Array.from(left),
    right_children: Int32Array.from(right),
    parents: Int32Array.from(integers("parents", -1, 2 ** 31 - 1)),
    split_indices: Int32Array.from(integers("split_indices", 0, featureCount - 1)),
    split_conditions: floats("split_conditions"),
    default_left: Uint8Array.from(numbers("default_left", (value) => value === 0 || value === 1, "0 or 1")),
    base_weights: floats("base_weights"),
    loss_changes: floats("loss_changes"),
    sum_hessian: floats("sum_hessian"),
  };
}

/** A node with two ways in would be answered twice, or for ever. */
function assertTree(left: readonly number[], right: readonly number[], at: string): void {
  const reached = new Uint8Array(left.length);
  reached[0] = 1;
  left.forEach((leftChild, node) => {
    const rightChild = right[node]!;
    if (leftChild < 0 !== rightChild < 0) {
      throw new ModelArtifactCorruptError(`${at}/right_children/${node}`, "found one child; wanted two or none.");
    }
    for (const child of leftChild < 0 ? [] : [leftChild, rightChild]) {
      if (reached[child] === 1) {
        throw new ModelArtifactCorruptError(`${at}/left_children/${node}`, `found a second way into node ${child}.`);
      }
      reached[child] = 1;
    }
  });
}

function readBaseScore(value: unknown, at: string): number {
  // "2.745E-1" before XGBoost 3.1, "[2.745E-1]" since.
  const text = typeof value === "string" ? value.replace(/^\[(.*)\]$/, "$1") : "";
  const score = text.trim() === "" ? Number.NaN : Math.fround(Number(text));
  if (score > 0 && score < 1) return score;
  throw new ModelArtifactCorruptError(at, `found ${JSON.stringify(value)}; wanted one probability as text.`);
}

function readFeatureNames(learner: unknown, at: string, featureCount: number): readonly string[] {
  if (!isRecord(learner) || !Object.hasOwn(learner, "feature_names")) return [];
  const names = list(learner["feature_names"], `${at}/feature_names`);
  if (names.length > 0 && names.length !== featureCount) {
    throw new ModelArtifactCorruptError(
      `${at}/feature_names`,
      `found ${names.length} names; wanted ${featureCount} or none.`,
    );
  }
  return names.map((name, place) => {
    if (typeof name === "string") return name;
    throw new ModelArtifactCorruptError(`${at}/feature_names/${place}`, `found ${JSON.stringify(name)}; wanted text.`);
  });
}

/** XGBoost writes its parameters as text. */
function readCount(parent: unknown, at: string, key: string): number {
  const value = member(parent, at, key);
  const count = typeof value === "string" && /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
  if (Number.isInteger(count)) return count;
  throw new ModelArtifactCorruptError(`${at}/${key}`, `found ${JSON.stringify(value)}; wanted a whole number as text.`);
}

function numberList(
  value: unknown,
  at: string,
  length: number,
  accepts: (value: number) => boolean,
  wanted: string,
): readonly number[] {
  const values = list(value, at);
  if (values.length !== length) {
    throw new ModelArtifactCorruptError(at, `found ${values.length} entries; wanted ${length}, one a node.`);
  }
  return values.map((entry, place) => {
    // Releases before 1.5 write `default_left` as true and false.
    const number = typeof entry === "boolean" ? Number(entry) : entry;
    if (typeof number === "number" && accepts(number)) return number;
    throw new ModelArtifactCorruptError(`${at}/${place}`, `found ${JSON.stringify(entry)}; wanted ${wanted}.`);
  });
}

function member(parent: unknown, at: string, key: string): unknown {
  if (isRecord(parent) && Object.hasOwn(parent, key)) return parent[key];
  throw new ModelArtifactCorruptError(`${at}/${key}`, `found nothing; wanted a member "${key}".`);
}

function list(value: unknown, at: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new ModelArtifactCorruptError(at, `found ${typeof value}; wanted a list.`);
}

function expectText(value: unknown, at: string, wanted: string): void {
  if (value === wanted) return;
  throw new ModelArtifactCorruptError(at, `found ${JSON.stringify(value)}; wanted "${wanted}".`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
