import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nameWanted } from "@stepwright/asl";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stepwright } from "../../test/captured-terminal.ts";

let cwd: string;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "stepwright-import-"));
  await writeFile(join(cwd, "greet.asl.yaml"), "StartAt: A\nStates:\n  A:\n    Type: Succeed\n");
  await writeFile(join(cwd, "lost.asl.json"), `{ "StartAt": "A", "States": { "A": { "Type": "Pass", "Next": "B" } } }`);
  await writeFile(
    join(cwd, "template.yaml"),
    `Resources:
  One: { Type: AWS::Serverless::StateMachine, Properties: { DefinitionUri: greet.asl.yaml } }
  Two: { Type: AWS::Serverless::StateMachine, Properties: { DefinitionUri: nowhere.asl.yaml } }
`,
  );
});

afterAll(() => rm(cwd, { recursive: true }));

const source = `/** Imported from greet.asl.yaml. */
import { machine, plain } from "@stepwright/dsl";

export default machine("greet", { input: plain<unknown>() }).succeed("A");
`;

test("the source of a file is printed", async () => {
  expect(await stepwright(["import", "greet.asl.yaml"], { cwd })).toEqual({ exitCode: 0, out: source, err: "" });
});

test("--out writes a new file, and leaves one alone that exists", async () => {
  const args = ["import", "greet.asl.yaml", "--name", "Greeting", "--out", "greet.machine.ts"];
  expect(await stepwright(args, { cwd })).toEqual({ exitCode: 0, out: "", err: "Wrote greet.machine.ts\n" });
  expect(await readFile(join(cwd, "greet.machine.ts"), "utf8")).toBe(source.replace('"greet"', '"Greeting"'));
  expect(await stepwright(args, { cwd })).toEqual({
    exitCode: 2,
    out: "",
    err: "error: Cannot write greet.machine.ts: it exists already\n",
  });
});

test.each([
  [["nowhere.json"], "Cannot read the definition nowhere.json: there is no such file"],
  [["greet.asl.yaml", "--name", "a b"], `Found the name "a b"; wanted --name with ${nameWanted}`],
  [
    ["template.yaml", "--machine", "Three"],
    "Found no state machine Three in template.yaml; wanted --machine with one of One, Two",
  ],
  [["template.yaml"], "Found 2 state machines in template.yaml; wanted --machine with one of One, Two"],
  [["template.yaml", "--machine", "Two"], "Cannot read the definition nowhere.asl.yaml: there is no such file"],
])("refused: %s", async (args, message) => {
  expect(await stepwright(["import", ...args], { cwd })).toEqual({ exitCode: 2, out: "", err: `error: ${message}\n` });
});

test("what cannot be imported is refused with the diagnostics that tell why", async () => {
  const { exitCode, out, err } = await stepwright(["import", "lost.asl.json"], { cwd });
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
  expect(err).toContain("error MISSING_TRANSITION_TARGET");
  expect(err).toMatch(/error: found \/States\/A leading to B, wanted a state of \/\n$/);
});
