/**
 * The tables that a model learns from: named float32 columns, and the labels beside them.
 *
 * Plain data without methods, so that a table passes `structuredClone` and its buffers can move to a worker thread.
 * NaN means missing.
 */

export interface FeatureMatrix {
  readonly rows: number;
  /** One name a column, in the order that the model expects. */
  readonly names: readonly string[];
  readonly columns: readonly Float32Array<ArrayBuffer>[];
}

export interface LabelledMatrix extends FeatureMatrix {
  /** 1 for the event that the model predicts, else 0. */
  readonly labels: Uint8Array<ArrayBuffer>;
}

/** The features of a table are not those that the model was trained on. */
export class FeatureSchemaMismatchError extends Error {
  override readonly name = "FeatureSchemaMismatchError";
}

/** @throws {TypeError} when names, columns and their lengths do not fit together, or a name stands twice */
export function featureMatrix(names: readonly string[], columns: readonly Float32Array<ArrayBuffer>[]): FeatureMatrix {
  if (names.length !== columns.length) {
    throw new TypeError(`${columns.length} columns for ${names.length} names: wanted one column a name.`);
  }
  const repeated = names.find((name, position) => names.indexOf(name) !== position);
  if (repeated !== undefined) throw new TypeError(`The feature name "${repeated}" stands twice.`);
  const rows = columns[0]?.length ?? 0;
  columns.forEach((column, position) => {
    if (column.length !== rows) {
      throw new TypeError(`Column "${names[position]}" has ${column.length} rows, the first column has ${rows}.`);
    }
  });
  return { rows, names, columns };
}

/** @throws {TypeError} as {@link featureMatrix}; also when the labels are not one 0 or 1 a row */
export function labelledMatrix(
  names: readonly string[],
  columns: readonly Float32Array<ArrayBuffer>[],
  labels: Uint8Array<ArrayBuffer>,
): LabelledMatrix {
  const matrix = featureMatrix(names, columns);
  if (labels.length !== matrix.rows) {
    throw new TypeError(`${labels.length} labels for ${matrix.rows} rows: wanted one label a row.`);
  }
  const odd = labels.findIndex((label) => label > 1);
  if (odd >= 0) throw new TypeError(`Label ${labels[odd]} at row ${odd}: wanted 0 or 1.`);
  return { ...matrix, labels };
}

/** One row, in the order of the columns. @throws {RangeError} when there is no such row */
export function matrixRow(matrix: FeatureMatrix, row: number): Float32Array<ArrayBuffer> {
  if (!(row >= 0 && row < matrix.rows)) throw new RangeError(`Row ${row} of a table with ${matrix.rows} rows.`);
  return Float32Array.from(matrix.columns, (column) => column[row] ?? Number.NaN);
}

/** @throws {FeatureSchemaMismatchError} naming the first difference */
export function assertSameFeatures(found: readonly string[], wanted: readonly string[]): void {
  const places = Math.max(found.length, wanted.length);
  for (let place = 0; place < places; place++) {
    if (found[place] === wanted[place]) continue;
    throw new FeatureSchemaMismatchError(
      `Feature ${place} is ${quoted(found[place])}, the model expects ${quoted(wanted[place])} ` +
        `(${found.length} features found, ${wanted.length} expected).`,
    );
  }
}

function quoted(name: string | undefined): string {
  return name === undefined ? "nothing" : `"${name}"`;
}
