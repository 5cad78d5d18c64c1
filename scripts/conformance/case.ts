/** A conformance case as it stands in its file, and what running it gives. */

export interface ConformanceCase {
  readonly id: string;
  readonly kind: string;
  readonly group: string;
  /** `null`: nobody compared the expectation with AWS after it was recorded. */
  readonly lastValidatedOnAws?: string | null;
  /** Applied in order to the JSON text of what we answer, so that it can be compared with a recording. */
  readonly replacements?: readonly Replacement[];
  /** Placeholders that stand in recordings for values that differ from run to run. */
  readonly otherTransformers?: readonly { readonly replacement?: string }[];
  readonly [member: string]: unknown;
}

export type Replacement =
  | { readonly regex: string; readonly replacement: string }
  | { readonly literal: string; readonly regex?: undefined; readonly replacement: string };

export interface Difference {
  /** `$.Error.Message` */
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

export type CaseOutcome =
  /** `actual` is written to `<id>.actual.json` as it is. */
  | { readonly kind: "ran"; readonly actual: unknown; readonly differences: readonly Difference[] }
  | { readonly kind: "unsupported"; readonly reason: string };

export type RunCase = (conformanceCase: ConformanceCase) => CaseOutcome | Promise<CaseOutcome>;
