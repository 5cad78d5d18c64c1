/**
 * Regular expressions for JSONata whose time grows with the text and not with the pattern's ambiguity.
 * A pattern with what such an engine cannot do (look-around, back-references) falls back to JavaScript's own,
 * which a hostile pattern can keep busy for as long as it likes: nothing inside one thread can stop it.
 */
import type { RE2JS } from "re2js";
import { linearRegExps, type RegexEngine, type RegexMatch } from "./library.ts";

export class LinearRegExp implements RegexEngine {
  /** As in a global `RegExp`: where the next search starts, in UTF-16 code units. */
  lastIndex = 0;
  readonly #pattern: RE2JS | undefined;
  readonly #fallback: RegExp;

  constructor(pattern: RegExp) {
    this.#fallback = new RegExp(pattern, "g");
    this.#pattern = compile(pattern);
  }

  exec(text: string): RegexMatch | null {
    const found = this.#pattern === undefined ? this.#execNative(text) : this.#execLinear(this.#pattern, text);
    this.lastIndex = found === null ? 0 : found.index + (found[0] ?? "").length;
    return found;
  }

  #execNative(text: string): RegexMatch | null {
    this.#fallback.lastIndex = this.lastIndex;
    return this.#fallback.exec(text);
  }

  #execLinear(pattern: RE2JS, text: string): RegexMatch | null {
    const matcher = pattern.matcher(text);
    if (this.lastIndex > text.length || !matcher.find(this.lastIndex)) return null;
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group) ?? undefined);
    return Object.assign(groups, { index: matcher.start() });
  }
}

function compile({ source, ignoreCase, multiline }: RegExp): RE2JS | undefined {
  const RE2JS = linearRegExps();
  try {
    const flags = (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (multiline ? RE2JS.MULTILINE : 0);
    return RE2JS.compile(RE2JS.translateRegExp(source), flags);
  } catch {
    return undefined;
  }
}
