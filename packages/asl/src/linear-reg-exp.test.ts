import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LinearRegExp } from "./linear-reg-exp.ts";

/** Every match with its groups and place, as `matchAll` gives them. */
function allMatches(pattern: RegExp, text: string) {
  const linear = new LinearRegExp(pattern);
  const found: { readonly groups: readonly (string | undefined)[]; readonly index: number }[] = [];
  for (let match = linear.exec(text); match !== null; match = linear.exec(text)) {
    found.push({ groups: Array.from(match), index: match.index });
    // A match of nothing would be found for ever.
    if (match[0] === "") break;
  }
  return found;
}

describe("a linear regular expression", () => {
  it("finds what JavaScript's own finds, by whole characters", () => {
    const patterns = [
      /a+b?/,
      /(a)|(b)/,
      /[^a]\s*/,
      /ba*/,
      /(?:ab|a)(c|bcd)?/,
      /^a/,
      /a$/,
      /^b/m,
      /A.B/i,
      /a.b/s,
      /é|🙂/u,
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...patterns),
        fc.array(fc.constantFrom("a", "b", "c", "d", "A", " ", "\n", "é", "🙂"), { maxLength: 12 }),
        (pattern, characters) => {
          const text = characters.join("");
          const expected = Array.from(
            text.matchAll(new RegExp(pattern, `${pattern.flags.replace("u", "")}gu`)),
            (match) => ({
              groups: Array.from(match),
              index: match.index,
            }),
          );
          expect(allMatches(pattern, text)).toEqual(expected);
        },
      ),
    );
  });

  it("takes no longer for an ambiguous pattern", () => {
    expect(new LinearRegExp(/^(a+)+$/).test(`${"a".repeat(10_000)}!`)).toBe(false);
  });

  it("leaves what needs backtracking to JavaScript's own", () => {
    expect(allMatches(/(.)\1/, "aabbc")).toEqual([
      { groups: ["aa", "a"], index: 0 },
      { groups: ["bb", "b"], index: 2 },
    ]);
    expect(new LinearRegExp(/foo(?!bar)/).test("foobar")).toBe(false);
  });
});
