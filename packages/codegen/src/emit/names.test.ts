import { expect, test } from "vitest";
import { kebabCase, pascalCase } from "./names.ts";

test.each([
  ["LaunchTrainingJob", "launch-training-job"],
  ["S3Copy2Bucket", "s3-copy2-bucket"],
  ["parseHTTPRequest", "parse-http-request"],
  ["already-kebab", "already-kebab"],
  ["With spaces & signs!", "with-spaces-signs"],
])("%s in kebab-case is %s", (name, expected) => {
  expect(kebabCase(name)).toBe(expected);
});

test("a name of several words becomes one identifier", () => {
  expect(pascalCase("launch training-job")).toBe("LaunchTrainingJob");
});
