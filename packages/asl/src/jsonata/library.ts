/**
 * The libraries behind JSONata, loaded when the first expression needs them: they are a good part of the start-up time
 * of a machine that has none.
 */
import { createRequire } from "node:module";

const load = createRequire(import.meta.url);

/** @returns the `jsonata` function */
export function jsonataLibrary(): typeof import("jsonata") {
  return load("jsonata");
}

/** @returns the linear-time regular expressions */
export function re2Library(): typeof import("re2js") {
  return load("re2js");
}
