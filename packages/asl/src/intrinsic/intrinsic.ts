/** The syntax tree of an intrinsic function call: `States.Format('{}', $.name)`. */
import type { JsonPrimitive } from "../json.ts";
import type { Path } from "../path/path.ts";

export interface IntrinsicCall {
  readonly kind: "call";
  readonly text: string;
  readonly name: IntrinsicName;
  readonly arguments: readonly IntrinsicArgument[];
}

export type IntrinsicArgument =
  | IntrinsicCall
  | { readonly kind: "path"; readonly path: Path }
  /** `escaped` is a string as it stands between its quotes: in a template `\{}` and `{}` differ. */
  | { readonly kind: "literal"; readonly value: JsonPrimitive; readonly escaped?: string };

export type IntrinsicName =
  | "States.Array"
  | "States.ArrayContains"
  | "States.ArrayGetItem"
  | "States.ArrayLength"
  | "States.ArrayPartition"
  | "States.ArrayRange"
  | "States.ArrayUnique"
  | "States.Base64Decode"
  | "States.Base64Encode"
  | "States.Format"
  | "States.Hash"
  | "States.JsonMerge"
  | "States.JsonToString"
  | "States.MathAdd"
  | "States.MathRandom"
  | "States.StringSplit"
  | "States.StringToJson"
  | "States.UUID";
