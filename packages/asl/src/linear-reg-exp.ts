/**
 * Regular expressions of definitions, whose time grows with the text and not with the pattern's ambiguity.
 * As in Java, and other than in a `RegExp` without `u`, a character outside the basic plane is one character.
 * A pattern with what such an engine cannot do (look-around, back-references) falls back to JavaScript's own,
 * which a hostile pattern can keep busy for as long as it likes: nothing inside one thread can stop it.
 */
import { createRequire } from "node:module";
import type * as re2js from "re2js";

const load = createRequire(import.meta.url);

/** As `exec` of a `RegExp` gives it, as far as the `jsonata` library looks. */
export interface RegExpMatch extends ReadonlyArray<string | undefined> {
  readonly index: number;
}

/** The part of a global `RegExp` that the `jsonata` library and path filters use. */
export class LinearRegExp {
  /** Where the next search starts, in UTF-16 code units. */
  lastIndex = 0;
  readonly #linear: re2js.RE2JS | undefined;
  readonly #native: RegExp;

  constructor(pattern: RegExp) {
    this.#native = new RegExp(pattern, `${pattern.flags.replace("g", "")}g`);
    this.#linear = compile(pattern);
  }

  /** Whether it matches anywhere in the text. */
  test(text: string): boolean {
    this.lastIndex = 0;
    return this.exec(text) !== null;
  }

  exec(text: string): RegExpMatch | null {
    const found = this.#linear === undefined ? this.#execNative(text) : this.#execLinear(this.#linear, text);
    this.lastIndex = found === null ? 0 : found.index + (found[0] ?? "").length;
    return found;
  }

  #execNative(text: string): RegExpMatch | null {
    this.#native.lastIndex = this.lastIndex;
    return this.#native.exec(text);
  }

  #execLinear(pattern: re2js.RE2JS, text: string): RegExpMatch | null {
    const matcher = pattern.matcher(text);
    if (this.lastIndex > text.length || !matcher.find(this.lastIndex)) return null;
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group) ?? undefined);
    return Object.assign(groups, { index: matcher.start() });
  }
}

function compile({ source, ignoreCase, multiline, dotAll }: RegExp): re2js.RE2JS | undefined {
  // Loaded with the first pattern: most machines have none.
  const { RE2JS }: typeof re2js = load("re2js");
  try {
    const flags =
      (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (multiline ? RE2JS.MULTILINE : 0) | (dotAll ? RE2JS.DOTALL : 0);
    return RE2JS.compile(RE2JS.translateRegExp(source), flags);
  } catch {
    return undefined;
  }
}
