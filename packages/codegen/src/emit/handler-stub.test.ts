import { expect, test } from "vitest";
import { printHandlerStub } from "./handler-stub.ts";

test("a stub refuses a wrong event and leaves the rest to its author", async () => {
  expect(await printHandlerStub({ task: "ScoreOrder", importExtension: ".ts" })).toBe(`\
import { parseScoreOrderInput } from "./contract.generated.ts";
import type { ScoreOrderInput, ScoreOrderOutput } from "./contract.generated.ts";

/** The Lambda entry of ScoreOrder: refuses a wrong event before any work begins. */
export async function handler(event: unknown): Promise<ScoreOrderOutput> {
  return run(parseScoreOrderInput(event));
}

async function run(input: ScoreOrderInput): Promise<ScoreOrderOutput> {
  throw new Error(\`ScoreOrder is not written yet; it was given \${JSON.stringify(input)}\`);
}
`);
});
