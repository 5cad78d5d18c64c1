/** What AWS accepted, we accept: every definition that was executed in a recording has no error. */
import { expect, test } from "vitest";
import { validateDefinition, validateText } from "../src/index.ts";
import type { JsonObject } from "../src/index.ts";
import { hasCorpus, readCorpus } from "./corpus.ts";

interface ExecutionCase {
  readonly id: string;
  readonly kind: string;
  readonly stateMachineType?: "STANDARD" | "EXPRESS";
  readonly definition: JsonObject | null;
  readonly definitionText?: string;
}

/** The recording has `<partition>` for the partition of an ARN. */
const unreadable = /test_wait_for_callback-63570c/;

test.skipIf(!hasCorpus)("definitions of recorded executions have no errors", () => {
  const executed = readCorpus<ExecutionCase>("cases")
    .map(({ content }) => content)
    .filter(({ id, kind }) => kind === "execution" && !unreadable.test(id));
  expect(executed.length).toBeGreaterThan(700);
  const refused = executed.flatMap(({ id, definition, definitionText = "", stateMachineType = "STANDARD" }) => {
    const options = { type: stateMachineType, severity: "ERROR" } as const;
    const diagnostics =
      definition === null
        ? validateText(definitionText, { ...options, format: "json" })
        : validateDefinition(definition, options);
    return diagnostics.length === 0 ? [] : [{ id, diagnostics }];
  });
  expect(refused).toEqual([]);
});
