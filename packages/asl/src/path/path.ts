/**
 * The syntax tree of a JSONPath in the dialect of the service: that of the Java library Jayway JsonPath,
 * with `$$` for the context object and `$name` for a workflow variable.
 */
import type { JsonValue } from "../json.ts";
import type { LinearRegExp } from "../linear-reg-exp.ts";

export interface Path {
  readonly text: string;
  readonly root: PathRoot;
  readonly segments: readonly PathSegment[];
  /** At most one node can match, so the result is that node and not a list. */
  readonly definite: boolean;
  /** Only member names and single indices: what `ResultPath`, `ItemsPath` and the like may say. */
  readonly reference: boolean;
}

export type PathRoot =
  | { readonly kind: "input" }
  | { readonly kind: "context" }
  | { readonly kind: "variable"; readonly name: string };

export type PathSegment =
  | { readonly kind: "member"; readonly name: string }
  | { readonly kind: "members"; readonly names: readonly string[] }
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "indices"; readonly indices: readonly number[] }
  | { readonly kind: "slice"; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: "wildcard" }
  | { readonly kind: "filter"; readonly filter: Filter; readonly text: string }
  /** `..`: the next segment applies to the node and everything below it. */
  | { readonly kind: "descendants" }
  /** `.length()`, only as the last segment. */
  | { readonly kind: "function"; readonly name: PathFunctionName; readonly index: number | undefined };

export type PathFunctionName =
  | "length"
  | "size"
  | "keys"
  | "min"
  | "max"
  | "avg"
  | "sum"
  | "stddev"
  | "first"
  | "last"
  | "index";

export type Filter =
  | { readonly kind: "or"; readonly terms: readonly Filter[] }
  | { readonly kind: "and"; readonly terms: readonly Filter[] }
  | { readonly kind: "not"; readonly term: Filter }
  | { readonly kind: "exists"; readonly operand: FilterPath }
  | {
      readonly kind: "comparison";
      readonly operator: FilterOperator;
      readonly left: FilterOperand;
      readonly right: FilterOperand;
    };

export type FilterOperator =
  | "=="
  | "!="
  | "==="
  | "!=="
  | "<"
  | "<="
  | ">"
  | ">="
  | "=~"
  | "in"
  | "nin"
  | "subsetof"
  | "anyof"
  | "noneof"
  | "contains"
  | "size"
  | "empty"
  | "exists";

export type FilterOperand =
  | FilterPath
  | { readonly kind: "literal"; readonly value: JsonValue }
  /** `=~` matches whole texts, so the pattern is anchored. */
  | { readonly kind: "pattern"; readonly pattern: LinearRegExp };

/** `@…` starts at the tested node, `$…` at the document. */
export interface FilterPath {
  readonly kind: "path";
  readonly from: "node" | "document";
  readonly segments: readonly PathSegment[];
  readonly definite: boolean;
}
