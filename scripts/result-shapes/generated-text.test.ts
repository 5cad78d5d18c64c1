import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { generatedText, outputFile } from "./generated-text.ts";

test("the shapes in the runner are what the installed clients say", async () => {
  expect(readFileSync(outputFile, "utf8")).toBe(await generatedText());
});
