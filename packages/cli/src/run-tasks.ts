/** Who answers the tasks of `stepwright run`: mocks, programs, endpoints and services of the configuration, handlers. */
import { resolve } from "node:path";
import { isJsonObject } from "@stepwright/asl";
import { handlerInvoker, scriptedTasks } from "@stepwright/local-runner";
import type { TaskInvoker } from "@stepwright/local-runner";
import { handlerModules } from "./handler-modules.ts";
import { taskScriptFrom } from "./mocks.ts";
import type { OpenedMachine } from "./open-machine.ts";
import { readJsonArgument } from "./read-json.ts";
import { valuesOf } from "./service/environment-of.ts";
import { serviceCalls } from "./service/service-calls.ts";
import { outsideHandler, outsideSources } from "./service/task-source.ts";
import { testCasesFrom } from "./service/test-cases.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

export interface AskedMocks {
  /** The value of `--mocks`. */
  readonly mocks: string | undefined;
  /** What stands behind the `#` of `Machine#TestCase`. */
  readonly testCase: string | undefined;
}

/** @throws UsageError for mocks that are none, and for a test case that is not there */
export async function runTasks(
  machine: OpenedMachine,
  { mocks, testCase }: AskedMocks,
  terminal: Terminal,
): Promise<TaskInvoker> {
  const otherwise = configuredTasks(machine, terminal);
  if (testCase !== undefined) return testCaseTasks(machine.name, testCase, { mocks, otherwise, terminal });
  if (mocks === undefined) return otherwise;
  const replies = await readJsonArgument(mocks, terminal, "the mocks");
  if (isJsonObject(replies) && Object.hasOwn(replies, "StateMachines")) {
    throw new UsageError(
      `${mocks} is a mock file of Step Functions Local; wanted a test case: ${machine.name}#TestCase`,
    );
  }
  return scriptedTasks(taskScriptFrom(replies, machine.definition, "--mocks"), otherwise);
}

function testCaseTasks(
  machineName: string,
  testCase: string,
  { mocks, otherwise, terminal }: { mocks: string | undefined; otherwise: TaskInvoker; terminal: Terminal },
): TaskInvoker {
  const file = mocks ?? terminal.env["SFN_MOCK_CONFIG"];
  if (file === undefined) {
    throw new UsageError(`Found the test case ${testCase} and no --mocks; wanted the file that has it`);
  }
  const cases = testCasesFrom(resolve(terminal.cwd, file));
  const name = `${machineName}#${testCase}`;
  if (!cases.names.includes(name)) {
    throw new UsageError(`Found no test case ${name} in ${file}; wanted one of ${cases.names.join(", ") || "none"}`);
  }
  return cases.tasksOf(machineName, testCase, otherwise);
}

function configuredTasks({ handlers, rootDir, serve }: OpenedMachine, { env }: Terminal): TaskInvoker {
  const environment = valuesOf(serve.environment ?? {}, env);
  const outside = Object.entries(outsideSources(rootDir, serve.tasks)).map(
    ([task, source]) => [task, outsideHandler(source, environment)] as const,
  );
  const known = { ...handlerModules(handlers), ...Object.fromEntries(outside) };
  const invoker = handlerInvoker(known);
  if (serve.services === undefined) return invoker;
  return serviceCalls({
    services: serve.services,
    rootDir,
    env,
    hasHandler: (functionName) => Object.hasOwn(known, functionName),
    otherwise: invoker,
  });
}
