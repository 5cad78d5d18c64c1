/** What callers send a model and get back: JSON rows or CSV, as SageMaker's hosting takes them. */
import type { Predictor } from "../learning/index.ts";
import type { ScoreRow } from "../ports.ts";

export interface ServedModel {
  readonly version: string;
  readonly featureNames: readonly string[];
  readonly predictor: Predictor;
}

export type ReadRows =
  | { readonly rows: readonly ScoreRow[] }
  | { readonly problem: string; readonly status: 400 | 415 };

/** @param type `application/json`: `{"instances": […]}` with rows as lists or as objects by feature name; `text/csv`: a row a line, no header */
export function readRows(type: string, body: string, featureNames: readonly string[]): ReadRows {
  const read = Object.hasOwn(readers, type) ? readers[type] : undefined;
  if (read === undefined) return { problem: `${type} is not known; wanted application/json or text/csv.`, status: 415 };
  try {
    return { rows: read(body, featureNames) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error), status: 400 };
  }
}

/** @throws TypeError that names the row and the feature */
export function readInstances(parsed: unknown, featureNames: readonly string[]): readonly ScoreRow[] {
  const instances = isRecord(parsed) && Object.hasOwn(parsed, "instances") ? parsed["instances"] : undefined;
  if (!Array.isArray(instances)) throw new TypeError('The body has no list "instances".');
  return instances.map((instance: unknown, index) => jsonRow(instance, index, featureNames));
}

export function answerRows(type: string, scores: readonly number[]): string {
  if (type === "text/csv") return scores.map((score) => `${score}\n`).join("");
  return `${JSON.stringify({ predictions: scores.map((score) => ({ score })) })}\n`;
}

type Reader = (body: string, featureNames: readonly string[]) => readonly ScoreRow[];

const readers: Readonly<Record<string, Reader>> = {
  "application/json": (body, featureNames) => readInstances(JSON.parse(body), featureNames),
  "text/csv": (body, featureNames) =>
    body
      .split(/\r?\n/)
      .filter((line) => line.trim() !== "")
      .map((line, index) => {
        const cells = line.split(",").map((cell) => (cell.trim() === "" ? null : Number(cell)));
        return checkedRow(cells, index, featureNames);
      }),
};

function jsonRow(instance: unknown, index: number, featureNames: readonly string[]): ScoreRow {
  if (Array.isArray(instance)) return checkedRow(instance, index, featureNames);
  if (!isRecord(instance)) throw new TypeError(`Row ${index} is neither a list nor an object.`);
  const stranger = Object.keys(instance).find((name) => !featureNames.includes(name));
  if (stranger !== undefined) {
    throw new TypeError(`Row ${index} has the feature "${stranger}"; the model knows ${featureNames.join(", ")}.`);
  }
  const cells = featureNames.map((name) => (Object.hasOwn(instance, name) ? instance[name] : null));
  return checkedRow(cells, index, featureNames);
}

function checkedRow(cells: readonly unknown[], index: number, featureNames: readonly string[]): ScoreRow {
  if (cells.length !== featureNames.length) {
    throw new TypeError(`Row ${index} has ${cells.length} values; the model expects ${featureNames.length}.`);
  }
  return cells.map((cell, place) => {
    if (cell === null || (typeof cell === "number" && Number.isFinite(cell))) return cell;
    throw new TypeError(`Row ${index}, feature "${featureNames[place]}": ${JSON.stringify(cell)} is no number.`);
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
