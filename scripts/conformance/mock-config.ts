/**
 * Cases of kind `mockConfig`: a mock file of Step Functions Local answers the tasks. What is mocked is less than what
 * AWS answered, so that the way taken is compared: states, event chains, errors and causes. Where AWS was not
 * recorded, the execution must succeed.
 */
import { join } from "node:path";
import { parseJson } from "../../packages/asl/src/index.ts";
import type { JsonValue, StateMachineDefinition } from "../../packages/asl/src/index.ts";
import { mockConfigTasks, runDefinition } from "../../packages/local-runner/src/index.ts";
import type { MockConfig } from "../../packages/local-runner/src/index.ts";
import { corpusFolder, readCase } from "./case-files.ts";
import type { CaseOutcome, ConformanceCase, Difference } from "./case.ts";
import { differencesBetween, normalise } from "./compare.ts";
import type { ExecutionCase, RecordedEvent } from "./execution-case.ts";
import { historyDifferences } from "./history.ts";

interface MockConfigCase extends ConformanceCase {
  readonly mockConfig: MockConfig;
  readonly stateMachineName: string;
  readonly testCase: string;
  readonly definition: JsonValue;
  readonly inputText: string;
  readonly expected: { readonly awsRecordedCase: readonly string[] };
}

export async function runMockConfig(conformanceCase: ConformanceCase): Promise<CaseOutcome> {
  const { definition, expected, inputText, mockConfig, stateMachineName, testCase } = conformanceCase as MockConfigCase;
  // A state that the test case does not name is done for real; here nobody is.
  const unmocked = { invoke: () => ({ status: "succeeded", output: {} }) as const };
  const result = await runDefinition(definition as unknown as StateMachineDefinition, {
    input: parseJson(inputText).value ?? {},
    inputText,
    stateMachineName,
    tasks: mockConfigTasks(mockConfig, stateMachineName, testCase, unmocked),
    time: "virtual",
  });
  const actual = { status: result.status, history: result.history.toHistoryEvents() };
  const [recordedFile] = expected.awsRecordedCase;
  const differences =
    recordedFile === undefined
      ? differencesBetween(result.status, "SUCCEEDED", conformanceCase)
      : differencesFrom(readCase(join(corpusFolder()!, "cases", recordedFile)) as ExecutionCase, actual);
  return { kind: "ran", actual, differences };
}

function differencesFrom(
  recorded: ExecutionCase,
  { history, status }: { readonly status: string; readonly history: readonly object[] },
): readonly Difference[] {
  const found = (normalise(history, recorded) as readonly RecordedEvent[]).map(wayTaken);
  const wanted = (recorded.expected.history ?? []).map(wayTaken);
  return [
    ...differencesBetween(status, recorded.expected.status ?? "SUCCEEDED", recorded),
    ...historyDifferences(found, wanted, recorded),
  ];
}

/** An event without values. */
function wayTaken({ id, previousEventId, type, ...members }: RecordedEvent): RecordedEvent {
  const details = Object.values(members).find((member) => typeof member === "object") as
    | Readonly<Record<string, unknown>>
    | undefined;
  const { cause, error, name } = details ?? {};
  return {
    id,
    previousEventId,
    type,
    ...(name === undefined ? {} : { name }),
    failure: [error ?? null, cause ?? null],
  };
}
