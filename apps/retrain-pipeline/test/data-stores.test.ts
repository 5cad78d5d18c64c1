/** What the template of the functions asks for is there, or somebody is told to bring it. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const textOf = (path: string) => readFile(new URL(`../${path}`, import.meta.url), "utf8");

/** The names in a section of a template, which stand two blanks deep. */
function namesIn(template: string, section: string): readonly string[] {
  const [, lines = ""] = new RegExp(`^${section}:\\n((?: .*\\n|\\n)*)`, "m").exec(template) ?? [];
  return Array.from(lines.matchAll(/^ {2}(\w+):/gm), ([, name = ""]) => name);
}

test("every parameter of the generated template is an output of the data stores, or said to be brought", async () => {
  const parameters = namesIn(await textOf("generated/infrastructure/template.yaml"), "Parameters");
  const outputs = namesIn(await textOf("infrastructure/data-stores.yaml"), "Outputs");
  const brought = parameters.filter((name) => !outputs.includes(name));
  expect(new Set(brought)).toEqual(new Set(["DuckDbLayerArn", "RawBucket", "XGBoostImageUri"]));
  const readme = await textOf("README.md");
  for (const name of brought) expect(readme).toContain(`\`${name}\``);
  for (const name of outputs) expect(parameters).toContain(name);
});
