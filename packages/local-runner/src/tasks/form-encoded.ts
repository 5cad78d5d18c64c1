import { isJsonObject } from "@stepwright/asl";
import type { JsonValue } from "@stepwright/asl";

/** How the items of a list are named, by `ArrayFormat`; `COMMAS` writes them as one. */
const itemNames: Readonly<Record<string, (name: string, index: number) => string>> = {
  INDICES: (name, index) => `${name}[${index}]`,
  REPEAT: (name) => name,
  BRACKETS: (name) => `${name}[]`,
};

/**
 * JSON as `application/x-www-form-urlencoded`: members of members in brackets.
 * @param arrayFormat `INDICES` when absent
 * @example formEncoded({ a: [1, 2], b: { c: "d" } }) // => "a%5B0%5D=1&a%5B1%5D=2&b%5Bc%5D=d"
 */
export function formEncoded(value: JsonValue, arrayFormat = "INDICES"): string {
  const pairs = new URLSearchParams();
  const add = (name: string, member: JsonValue): void => {
    if (Array.isArray(member)) {
      const nameOf = Object.hasOwn(itemNames, arrayFormat) ? itemNames[arrayFormat]! : undefined;
      if (nameOf === undefined) pairs.append(name, member.map(textOf).join(","));
      else for (const [index, item] of member.entries()) add(nameOf(name, index), item as JsonValue);
    } else if (isJsonObject(member)) {
      for (const [inner, innerMember] of Object.entries(member))
        add(name === "" ? inner : `${name}[${inner}]`, innerMember);
    } else {
      pairs.append(name, textOf(member));
    }
  };
  add("", value);
  return pairs.toString();
}

function textOf(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
