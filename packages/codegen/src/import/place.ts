/**
 * What the builder's types will know of the data at one point of a flow. Reading a definition backwards through it
 * gives the types of inputs and outputs: whoever reads `$.order.id` demands that the place has such a member, and what
 * nobody described yet grows it. A demand that was met stays met, so that code may be printed before the types are.
 */
import type { JsonValue } from "@stepwright/asl";
import { isJsonArray, isJsonObject } from "@stepwright/asl";
import type { Code } from "./code.ts";
import { isIdentifier, sequence } from "./code.ts";

export type Scalar = "string" | "number" | "boolean";

/** What a reader wants of a place besides that it is there. */
export type Wanted = Scalar | "array" | "anything";

export interface OpenPlace {
  readonly kind: "open";
  readonly members: Map<string, OpenPlace>;
  element?: OpenPlace;
  scalar?: Scalar;
  /** It takes no new demands: somewhere else its type is a promise. */
  sealed?: true;
}

export type Place =
  /** A type that is being inferred. */
  | OpenPlace
  /** Data with one member put into it. */
  | { readonly kind: "with"; readonly base: Place; readonly key: string; readonly value: Place }
  | { readonly kind: "object"; readonly members: ReadonlyMap<string, Place> }
  /** The type is the literal's own, which a Choice would narrow to nothing. */
  | { readonly kind: "literal"; readonly type: Scalar | "null" }
  | { readonly kind: "array"; readonly element?: Place }
  /** Behind a Choice or a Catch: what all ways have in common. */
  | { readonly kind: "join"; readonly ways: readonly Place[] }
  /** The types say nothing, or something else than what will be there. */
  | { readonly kind: "unknown" };

export const unknownPlace: Place = { kind: "unknown" };

export function openPlace(): OpenPlace {
  return { kind: "open", members: new Map() };
}

export function scalarPlace(scalar: Scalar): OpenPlace {
  return { kind: "open", members: new Map(), scalar };
}

/** @returns the place that the keys lead to; `undefined` when the types cannot promise it */
export function demand(place: Place, keys: readonly string[], wanted: Wanted, narrows = false): Place | undefined {
  switch (place.kind) {
    case "open":
      return demandOfOpen(place, keys, wanted);
    case "with":
      if (keys.length === 0) return wanted === "anything" ? place : undefined;
      return keys[0] === place.key
        ? demand(place.value, keys.slice(1), wanted, narrows)
        : demand(place.base, keys, wanted, narrows);
    case "object": {
      const [key] = keys;
      if (key === undefined) return wanted === "anything" ? place : undefined;
      const member = place.members.get(key);
      return member && demand(member, keys.slice(1), wanted, narrows);
    }
    case "join": {
      const ways = place.ways.map((way) => demand(way, keys, wanted, narrows));
      return ways.length > 0 && ways.every((way) => way !== undefined) ? joinOf(ways) : undefined;
    }
    case "literal":
      return keys.length === 0 && (wanted === "anything" || (wanted === place.type && !narrows)) ? place : undefined;
    case "array":
      return keys.length === 0 && (wanted === "anything" || wanted === "array") ? place : undefined;
    default:
      return keys.length === 0 && wanted === "anything" ? place : undefined;
  }
}

function demandOfOpen(place: OpenPlace, keys: readonly string[], wanted: Wanted): Place | undefined {
  const [key, ...rest] = keys;
  if (key !== undefined) {
    if (place.scalar !== undefined || place.element !== undefined) return undefined;
    const known = place.members.get(key);
    if (known === undefined && place.sealed) return undefined;
    const member = known ?? openPlace();
    place.members.set(key, member);
    return demandOfOpen(member, rest, wanted);
  }
  if (wanted === "anything") return place;
  if (place.members.size > 0) return undefined;
  if (wanted === "array") {
    if (place.scalar !== undefined || (place.sealed && place.element === undefined)) return undefined;
    place.element ??= openPlace();
    return place;
  }
  if (place.element !== undefined || (place.sealed && place.scalar === undefined)) return undefined;
  place.scalar ??= wanted;
  return place.scalar === wanted ? place : undefined;
}

/** What it is now, it stays. */
export function seal(place: OpenPlace): void {
  place.sealed = true;
  place.members.forEach(seal);
  if (place.element !== undefined) seal(place.element);
}

/** Whether a place has all that is needed; what is still open is made so. */
export function meets(place: Place, needed: OpenPlace): boolean {
  if (needed.scalar !== undefined) return demand(place, [], needed.scalar) !== undefined;
  if (needed.element !== undefined) {
    // The type of a literal array cannot be changed, and would not be.
    const array = place.kind === "open" ? demand(place, [], "array") : undefined;
    return array !== undefined && meets(elementOf(array), needed.element);
  }
  return [...needed.members].every(([key, member]) => {
    const found = demand(place, [key], "anything");
    return found !== undefined && meets(found, member);
  });
}

export function elementOf(place: Place | undefined): Place {
  if (place?.kind === "join") return joinOf(place.ways.map(elementOf));
  if (place?.kind === "array") return place.element ?? unknownPlace;
  return place?.kind === "open" ? (place.element ?? unknownPlace) : unknownPlace;
}

export function joinOf(ways: readonly Place[]): Place {
  const different = [...new Set(ways)];
  const [only] = different;
  return different.length === 1 && only !== undefined ? only : { kind: "join", ways: different };
}

/** The type that a literal has where the compiler keeps literals as they are. */
export function placeOfLiteral(value: JsonValue): Place {
  if (isJsonArray(value)) return { kind: "array" };
  if (isJsonObject(value)) {
    return {
      kind: "object",
      members: new Map(Object.entries(value).map(([key, member]) => [key, placeOfLiteral(member)])),
    };
  }
  return { kind: "literal", type: value === null ? "null" : (typeof value as Scalar) };
}

/**
 * The TypeScript type of a place once all demands are made.
 * @param travelled  as it is between two states, where a member that may be anything may be absent
 */
export function typeOf(place: Place, travelled = false): Code {
  if (place.kind === "literal") return place.type;
  if (place.kind !== "open") return "unknown";
  if (place.scalar !== undefined) return place.scalar;
  if (place.element !== undefined) return sequence(typeOf(place.element, travelled), "[]");
  if (place.members.size === 0) return "unknown";
  return objectType(
    [...place.members].map(([key, member]) => {
      const type = typeOf(member, travelled);
      return travelled && type === "unknown" ? [key, type, "?"] : [key, type];
    }),
  );
}

export function objectType(members: readonly (readonly [key: string, type: Code, optional?: "?"])[]): Code {
  const items = members.map(([key, type, optional = ""]) =>
    sequence(`${isIdentifier(key) ? key : JSON.stringify(key)}${optional}: `, type),
  );
  return { kind: "list", open: "{ ", items, close: " }", separator: ";" };
}
