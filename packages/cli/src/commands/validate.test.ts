import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stepwright } from "../../test/captured-terminal.ts";

let cwd: string;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "stepwright-validate-"));
  await writeFile(join(cwd, "good.asl.json"), `{ "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }`);
  await writeFile(
    join(cwd, "bad.asl.json"),
    `{\n  "StartAt": "A",\n  "States": {\n    "A": { "Type": "Pass", "Next": "Nowhere, 100%" },\n    "B": { "Type": "Succeed" }\n  }\n}\n`,
  );
  await writeFile(join(cwd, "good.asl.yaml"), "StartAt: A\nStates:\n  A:\n    Type: Succeed\n");
});

afterAll(() => rm(cwd, { recursive: true }));

test("good definitions, JSON and YAML, have no diagnostics", async () => {
  const { exitCode, out } = await stepwright(["validate", "good.asl.json", "good.asl.yaml"], { cwd });
  expect({ exitCode, out }).toEqual({ exitCode: 0, out: "0 errors, 0 warnings in 2 files\n" });
});

test("text names file, line, column, code and location", async () => {
  const { exitCode, out } = await stepwright(["validate", "bad.asl.json"], { cwd });
  expect(exitCode).toBe(1);
  expect(out).toMatch(
    /^bad\.asl\.json:4:\d+: error MISSING_TRANSITION_TARGET: .*Nowhere, 100%.* {2}\(\/States\/A\/Next\)$/m,
  );
});

test("json is a document", async () => {
  const { out } = await stepwright(["validate", "bad.asl.json", "--json"], { cwd });
  expect(JSON.parse(out)).toMatchObject({
    diagnostics: expect.arrayContaining([
      expect.objectContaining({ severity: "ERROR", code: "MISSING_TRANSITION_TARGET", file: "bad.asl.json" }),
    ]),
  });
});

test("sarif is a log of version 2.1.0 whose results point to their rules", async () => {
  const { out } = await stepwright(["validate", "bad.asl.json", "--format", "sarif"], { cwd });
  const log = JSON.parse(out) as {
    version: string;
    runs: {
      tool: { driver: { rules: { id: string }[] } };
      results: { ruleId: string; ruleIndex: number; locations: unknown[] }[];
    }[];
  };
  expect(log.version).toBe("2.1.0");
  const [run] = log.runs;
  expect(run?.results.length).toBeGreaterThan(0);
  for (const { ruleId, ruleIndex, locations } of run?.results ?? []) {
    expect(run?.tool.driver.rules[ruleIndex]).toEqual({ id: ruleId });
    expect(locations).toMatchObject([{ physicalLocation: { artifactLocation: { uri: "bad.asl.json" } } }]);
  }
});

test("github is annotations, with what would end them escaped", async () => {
  const { out } = await stepwright(["validate", "bad.asl.json", "--format", "github"], { cwd });
  expect(out).toMatch(/^::error file=bad\.asl\.json,line=4,col=\d+,title=MISSING_TRANSITION_TARGET::.*100%25/m);
});

test("- reads standard input", async () => {
  const { exitCode, out } = await stepwright(["validate", "-"], { standardInput: "{" });
  expect(exitCode).toBe(1);
  expect(out).toMatch(/^<stdin>:1:\d+: error /);
});

test("a file that is not there is refused", async () => {
  const { exitCode, err } = await stepwright(["validate", "nowhere.json"], { cwd });
  expect({ exitCode, err }).toEqual({
    exitCode: 2,
    err: "error: Cannot read the definition nowhere.json: there is no such file\n",
  });
});
