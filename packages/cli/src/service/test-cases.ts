/**
 * Mocks by machine and test case, from one file: `MockConfigFile.json` of Step Functions Local, or replies by state name
 * as `stepwright run --mocks` takes them, `{ "Train": { "HappyPath": { "Fit": { "output": {} } } } }`.
 */
import { readFileSync } from "node:fs";
import { isJsonObject, parseJson } from "@stepwright/asl";
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { mockConfigTasks, scriptedTasks } from "@stepwright/local-runner";
import type { MockConfig, TaskInvoker, TaskScript } from "@stepwright/local-runner";
import type { ServiceOptions } from "@stepwright/local-runner/service";
import { replyProblems } from "../mocks.ts";
import { unreadable } from "../read-file.ts";
import { UsageError } from "../usage-error.ts";
import { changedAtEpochMs } from "./handler-protocol.ts";

type Mocks = NonNullable<ServiceOptions["testCases"]>;

export interface TestCases {
  readonly tasksOf: Mocks;
  /** `Machine#TestCase`, in the file's order. */
  readonly names: readonly string[];
}

/**
 * Read again when the file changes.
 * @param file  absolute
 * @throws UsageError for a file that cannot be read as mocks; later, the execution that asks for it is refused instead
 */
export function testCasesFrom(file: string): TestCases {
  let mtimeMs = changedAtEpochMs(file);
  let read = readMocks(file);
  return {
    names: read.names,
    tasksOf(machine, testCase, otherwise) {
      const changedMs = changedAtEpochMs(file);
      if (changedMs !== mtimeMs) {
        read = readMocks(file);
        mtimeMs = changedMs;
      }
      return read.tasksOf(machine, testCase, otherwise);
    },
  };
}

function readMocks(file: string): TestCases {
  const mocks = parsedFile(file);
  if (!isJsonObject(mocks)) throw new UsageError(`${file}: wanted an object of machines with their test cases`);
  const isOfStepFunctionsLocal = Object.hasOwn(mocks, "StateMachines");
  return isOfStepFunctionsLocal ? ofStepFunctionsLocal(mocks, file) : ofScripts(mocks, file);
}

function ofStepFunctionsLocal(mocks: JsonObject, file: string): TestCases {
  const machines = mocks["StateMachines"];
  if (!isJsonObject(machines) || !isJsonObject(mocks["MockedResponses"])) {
    throw new UsageError(`${file}: wanted the objects StateMachines and MockedResponses`);
  }
  const config = mocks as unknown as MockConfig;
  return {
    names: Object.entries(machines).flatMap(([machine, value]) =>
      namesIn(machine, isJsonObject(value) ? value["TestCases"] : null),
    ),
    tasksOf: (machine, testCase, otherwise) => mockConfigTasks(config, machine, testCase, otherwise),
  };
}

function ofScripts(mocks: JsonObject, file: string): TestCases {
  const scripts = Object.entries(mocks).flatMap(([machine, cases]) =>
    Object.entries(isJsonObject(cases) ? cases : {}).map(([testCase, script]) => ({ machine, testCase, script })),
  );
  const problems = scripts.flatMap(({ machine, testCase, script }) =>
    isJsonObject(script)
      ? Object.entries(script).flatMap(([state, replies]) => replyProblems(`${machine}#${testCase}: ${state}`, replies))
      : [`${machine}#${testCase} is ${JSON.stringify(script)}; wanted replies by state name`],
  );
  if (problems.length > 0) throw new UsageError(`${file}: ${problems.join("; ")}`);
  return {
    names: Object.entries(mocks).flatMap(([machine, cases]) => namesIn(machine, cases)),
    tasksOf(machine, testCase, otherwise): TaskInvoker {
      const found = scripts.find((each) => each.machine === machine && each.testCase === testCase);
      if (found !== undefined) return scriptedTasks(found.script as JsonObject & TaskScript, otherwise);
      const known = scripts.map((each) => `${each.machine}#${each.testCase}`).join(", ") || "none";
      throw new Error(`The mock file has no test case ${machine}#${testCase}; it has ${known}.`);
    },
  };
}

function namesIn(machine: string, cases: JsonValue | undefined): readonly string[] {
  return Object.keys(isJsonObject(cases) ? cases : {}).map((testCase) => `${machine}#${testCase}`);
}

function parsedFile(file: string): JsonValue {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw unreadable(file, error as NodeJS.ErrnoException, "the mocks");
  }
  const { error, value } = parseJson(text);
  if (error !== undefined) throw new UsageError(`${file} is not JSON: ${error.message}`);
  return value;
}
