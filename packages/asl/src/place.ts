/** Where something stands in a definition; built while walking down and printed only when something is wrong. */

export interface Place {
  readonly parent: Place | undefined;
  readonly key: string | number;
}

/** `undefined` is the definition itself. */
export function placeIn(parent: Place | undefined, key: string | number): Place {
  return { parent, key };
}

/** The place as AWS prints it: names as they are, indices in brackets, `/` for the definition itself. */
export function locationOf(place: Place | undefined): string {
  let location = "";
  for (let at = place; at !== undefined; at = at.parent) {
    location = (typeof at.key === "number" ? `[${at.key}]` : `/${at.key}`) + location;
  }
  return location === "" ? "/" : location;
}

export function keysOf(place: Place | undefined): readonly (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at = place; at !== undefined; at = at.parent) keys.push(at.key);
  return keys.toReversed();
}
