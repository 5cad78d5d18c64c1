/** Words of a definition as names in TypeScript. */

/** Without the digits that a name may not begin with; empty when nothing is left. */
export function pascalCase(text: string): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return words
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join("")
    .replace(/^\d+/, "");
}

export function camelCase(text: string): string {
  return lowerFirst(pascalCase(text));
}

/** @example lowerFirst("DDBPutItem") // => "ddbPutItem" */
export function lowerFirst(name: string): string {
  return name.replace(/^(?:[A-Z]+(?=[A-Z][a-z]|$)|[A-Z])/, (start) => start.toLowerCase());
}

/** The wanted name, or with the first number from 2 on that makes it a new one. */
export function unused(wanted: string, isUsed: (name: string) => boolean): string {
  let name = wanted;
  for (let count = 2; isUsed(name); count++) name = `${wanted}${count}`;
  return name;
}
