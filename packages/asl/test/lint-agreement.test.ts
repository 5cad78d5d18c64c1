/** Our judgement of the public linters' own cases against theirs; docs/lint-agreement.md tells every difference. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { validateText } from "../src/index.ts";
import { hasCorpus, readCorpus } from "./corpus.ts";

interface LintCase {
  readonly id: string;
  readonly definitionText: string;
  readonly expected:
    | { readonly valid: boolean }
    | { readonly diagnostics: readonly unknown[] }
    | readonly { readonly problems: number | null }[];
}

function isValidForThem({ expected }: LintCase): boolean {
  if ("valid" in expected) return expected.valid;
  if ("diagnostics" in expected) return expected.diagnostics.length === 0;
  return expected.every(({ problems }) => problems === 0);
}

function isValidForUs({ definitionText }: LintCase): boolean {
  const text = definitionText.replaceAll(
    /("Resource"\s*:\s*)"(?!arn:aws:(?:states|lambda):)[^"$]*"/g,
    '$1"arn:aws:lambda:us-east-1:123456789012:function:f"',
  );
  return validateText(text, { format: "json", severity: "ERROR" }).length === 0;
}

function word(valid: boolean): string {
  return valid ? "valid" : "invalid";
}

/** The rows of the page's second table: id, they say, we say. */
function disagreementsOnThePage(): readonly (readonly [string, string, string])[] {
  const page = readFileSync(resolve(import.meta.dirname, "../../../docs/lint-agreement.md"), "utf8");
  return page
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter((cells) => cells[2] === "valid" || cells[2] === "invalid")
    .map(([, id = "", they = "", we = ""]) => [id, they, we] as const);
}

test.skipIf(!hasCorpus)("we differ exactly where the page says so", () => {
  const differing = readCorpus<LintCase>("lint")
    .map(({ content }) => content)
    .filter((lintCase) => isValidForThem(lintCase) !== isValidForUs(lintCase))
    .map((lintCase) => [
      lintCase.id.replace(/(\.asl)?\.json$/, ""),
      word(isValidForThem(lintCase)),
      word(isValidForUs(lintCase)),
    ]);
  expect(differing).toEqual(disagreementsOnThePage());
});
