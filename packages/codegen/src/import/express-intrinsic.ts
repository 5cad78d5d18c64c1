/** Intrinsic functions as calls of the builder's `States`, where they print back to the very same text. */
import type { IntrinsicArgument, IntrinsicCall } from "@stepwright/asl";
import { ExpressionSyntaxError, parseIntrinsic } from "@stepwright/asl";
import type { Code } from "./code.ts";
import { call } from "./code.ts";
import type { Expressed, Readable, UseWord } from "./references.ts";
import { expressPath } from "./references.ts";
import type { Place, Wanted } from "./place.ts";
import { scalarPlace, unknownPlace } from "./place.ts";

export function expressIntrinsic(text: string, readable: Readable, use: UseWord): Expressed | undefined {
  if (!text.startsWith("States.")) return undefined;
  const parsed = parseIntrinsic(text);
  if (parsed instanceof ExpressionSyntaxError) return undefined;
  const found = expressCall(parsed, readable, use);
  return found?.printed === text ? found : undefined;
}

/** With the text that the builder will print. */
type Printed = Expressed & { readonly printed: string };

interface Signature {
  readonly takes: (index: number) => Wanted | "format";
  readonly gives: Place;
  /** Only with arguments whose types are the same for certain. */
  readonly onlyOne?: true;
}

const text: Place = scalarPlace("string");
const number: Place = scalarPlace("number");
const boolean: Place = scalarPlace("boolean");
const array: Place = { kind: "array" };

/** `States.JsonMerge` wants the types of both objects, which an import does not have. */
const signatures: { readonly [Name in IntrinsicCall["name"]]?: Signature } = {
  "States.Array": { takes: () => "anything", gives: array, onlyOne: true },
  "States.ArrayPartition": { takes: (index) => (index === 0 ? "array" : "number"), gives: array },
  "States.ArrayRange": { takes: () => "number", gives: array },
  "States.ArrayGetItem": { takes: (index) => (index === 0 ? "array" : "number"), gives: unknownPlace },
  "States.ArrayLength": { takes: () => "array", gives: number },
  "States.ArrayUnique": { takes: () => "array", gives: array },
  "States.ArrayContains": { takes: (index) => (index === 0 ? "array" : "anything"), gives: boolean },
  "States.Base64Encode": { takes: () => "string", gives: text },
  "States.Base64Decode": { takes: () => "string", gives: text },
  "States.JsonToString": { takes: () => "anything", gives: text },
  "States.StringToJson": { takes: () => "string", gives: unknownPlace },
  "States.MathAdd": { takes: () => "number", gives: number },
  "States.StringSplit": { takes: () => "string", gives: array },
  "States.UUID": { takes: () => "anything", gives: text },
  "States.Format": { takes: (index) => (index === 0 ? "format" : "string"), gives: text },
};

function expressCall(
  { name, arguments: parameters }: IntrinsicCall,
  readable: Readable,
  use: UseWord,
): Printed | undefined {
  const signature = signatures[name];
  if (signature === undefined || (signature.onlyOne && parameters.length !== 1)) return undefined;
  const expressed = parameters.map((parameter, index) =>
    expressArgument(parameter, signature.takes(index), readable, use),
  );
  if (!expressed.every((each) => each !== undefined)) return undefined;
  use("States");
  return {
    code: call(
      name,
      expressed.map(({ code }) => code),
    ),
    place: signature.gives,
    printed: `${name}(${expressed.map(({ printed }) => printed).join(", ")})`,
  };
}

function expressArgument(
  parameter: IntrinsicArgument,
  wanted: Wanted | "format",
  readable: Readable,
  use: UseWord,
): { readonly code: Code; readonly printed: string } | undefined {
  if (parameter.kind === "call") {
    // What a call gives is known; whether it is what is wanted shows in its place.
    const inner = expressCall(parameter, readable, use);
    return inner !== undefined && fits(inner.place, wanted) ? inner : undefined;
  }
  if (parameter.kind === "path") {
    if (wanted === "format") return undefined;
    const path = expressPath(parameter.path.text, readable, use, wanted);
    return path && { code: path.code, printed: parameter.path.text };
  }
  const { value } = parameter;
  if (wanted === "format") {
    const plain = (parameter.escaped ?? "").replaceAll(/\\(['\\])/g, "$1");
    return { code: JSON.stringify(plain), printed: `'${plain.replaceAll(/['\\]/g, "\\$&")}'` };
  }
  if (wanted === "array" || (wanted === "number" && typeof value !== "number")) return undefined;
  if (wanted === "string" && typeof value !== "string") return undefined;
  return {
    code: JSON.stringify(value),
    printed: typeof value === "string" ? `'${value.replaceAll(/['\\{}]/g, "\\$&")}'` : String(value),
  };
}

function fits(place: Place, wanted: Wanted | "format"): boolean {
  if (wanted === "anything") return true;
  if (wanted === "array") return place.kind === "array";
  return place.kind === "open" && place.scalar === wanted;
}
