/** Where names differ that are otherwise alike: whole words, so that what differs can be read. */

export interface DifferingPart {
  readonly before: string;
  /** One a name, in their order. */
  readonly parts: readonly string[];
  readonly after: string;
}

/** @example differingPart(["Tell buyer", "Tell seller"]) // => { before: "Tell ", parts: ["buyer", "seller"], after: "" } */
export function differingPart(names: readonly string[]): DifferingPart {
  const [first = ""] = names;
  const shortest = Math.min(...names.map(({ length }) => length));
  let start = 0;
  while (start < shortest && names.every((name) => name[start] === first[start])) start++;
  let end = 0;
  while (end < shortest - start && names.every((name) => name.at(-1 - end) === first.at(-1 - end))) end++;
  const isNumber = names.every((name) => /^\d*$/.test(name.slice(start, name.length - end)));
  if (!isNumber) {
    // A letter on either side belongs to the word.
    while (start > 0 && isInsideWord(names, start)) start--;
    while (end > 0 && names.some((name) => isLetter(name.at(-end)) && isLetter(name.at(-end - 1)))) end--;
  }
  return {
    before: first.slice(0, start),
    parts: names.map((name) => name.slice(start, name.length - end)),
    after: end === 0 ? "" : first.slice(-end),
  };
}

function isInsideWord(names: readonly string[], index: number): boolean {
  return names.some((name) => isLetter(name[index - 1]) && isLetter(name[index]) && !isUpper(name[index]));
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /\p{L}/u.test(character);
}

function isUpper(character: string | undefined): boolean {
  return character !== undefined && /\p{Lu}/u.test(character);
}
