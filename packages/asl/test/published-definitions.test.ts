/** Published definitions are valid once their placeholders are filled, but for those that are broken themselves. */
import { expect, test } from "vitest";
import { fillSubstitutions, printDefinition, substitutionsOf, validateDefinition } from "../src/index.ts";
import type { JsonObject } from "../src/index.ts";
import { hasCorpus, readCorpus } from "./corpus.ts";

/** Why the service would refuse it too. */
const broken: Readonly<Record<string, string>> = {
  "lambda-sfn-sls__statemachine__stateMachine.asl.yml.json": "names states by the YAML booleans true and false",
  "shared-fallback-state-jsonata__statemachine__statemachine.asl.json": "has QueryLanguage inside States",
  "tests__translator__input__schema_validation_1.yaml#StateMachine.json": "Resource is 'someresource'",
  "tests__translator__input__schema_validation_2.yaml#StateMachinetoSQS.json": "Resource is 'someresource'",
  "tests__translator__output__aws-cn__schema_validation_1.json#StateMachine.json": "Resource is 'someresource'",
  "tests__translator__output__aws-cn__schema_validation_2.json#StateMachinetoSQS.json": "Resource is 'someresource'",
  "tests__translator__input__state_machine_with_api_and_propagate_tags.yaml#Post.json": "Resource is 'random-resource'",
  "tests__translator__input__state_machine_with_definition_substitutions.yaml#StateMachine.json":
    "the type of a state is a placeholder",
};

const pseudoParameters = { "AWS::Partition": "aws", "AWS::Region": "eu-west-1", "AWS::AccountId": "123456789012" };
const lambda = "arn:aws:lambda:eu-west-1:123456789012:function:f";

/** A whole Resource becomes a function, what counts seconds a number, a partition `aws`, anything else a word. */
function valuesFor(definition: JsonObject): Record<string, string | number> {
  const functions = new Set(
    Array.from(JSON.stringify(definition).matchAll(/"Resource":"\$\{([^}]+)\}"/g), ([, name]) => name),
  );
  const values: Record<string, string | number> = {};
  for (const { name, location } of substitutionsOf(definition)) {
    if (functions.has(name)) values[name] = lambda;
    else if (location.endsWith("Seconds")) values[name] = 60;
    else values[name] = /partition$/i.test(name) ? "aws" : "word";
  }
  return { ...values, ...pseudoParameters };
}

const published = readCorpus<JsonObject>("definitions").map(({ path, content }) => ({
  name: path.split("/").at(-1) ?? "",
  definition: content,
}));

test.skipIf(!hasCorpus)("no errors after filling the placeholders", () => {
  expect(published.length).toBeGreaterThan(200);
  const refused = published.flatMap(({ name, definition }) => {
    const filled = fillSubstitutions(definition, valuesFor(definition));
    expect(filled.unfilled).toEqual([]);
    const diagnostics = validateDefinition(filled.definition, { severity: "ERROR" });
    return diagnostics.length === 0 ? [] : [name];
  });
  expect(refused.toSorted()).toEqual(Object.keys(broken).toSorted());
});

test.skipIf(!hasCorpus)("no errors before filling them either", () => {
  const refused = published.filter(
    ({ definition }) => validateDefinition(definition, { severity: "ERROR" }).length > 0,
  );
  expect(refused.map(({ name }) => name).filter((name) => !(name in broken))).toEqual([]);
});

test.skipIf(!hasCorpus)("printing changes the order of fields and nothing else", () => {
  for (const { definition } of published) expect(JSON.parse(printDefinition(definition))).toEqual(definition);
});
