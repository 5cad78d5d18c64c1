/** Cases of kind `testState`: one state alone, as AWS's TestState answered it. */
import { TestStateRefusal, handlerInvoker, testState } from "../../packages/local-runner/src/index.ts";
import type { TestStateRequest } from "../../packages/local-runner/src/index.ts";
import { printAsPython } from "./as-python.ts";
import type { CaseOutcome, ConformanceCase } from "./case.ts";
import { differencesBetween, normalise } from "./compare.ts";

interface TestStateCase extends ConformanceCase {
  readonly definition: unknown;
  readonly definitionText?: string;
  readonly inputText?: string;
  readonly inspectionLevel?: TestStateRequest["inspectionLevel"] | null;
  readonly params: Partial<TestStateRequest>;
  readonly expected: { readonly rejected: boolean; readonly recorded: unknown };
}

export async function runTestState(conformanceCase: ConformanceCase): Promise<CaseOutcome> {
  const recorded = conformanceCase as TestStateCase;
  const { definition, definitionText, expected, inputText, inspectionLevel, params } = recorded;
  const request: TestStateRequest = {
    ...params,
    definition: definitionText ?? JSON.stringify(definition),
    ...(inputText === undefined || inputText === null ? undefined : { input: inputText }),
    ...(inspectionLevel === undefined || inspectionLevel === null ? undefined : { inspectionLevel }),
  };
  try {
    const response = await testState(request, { tasks: handlerInvoker({}) });
    const actual = normalise(
      inRecordedAccount({
        ...listsAsPython(response),
        ResponseMetadata: { HTTPHeaders: {}, HTTPStatusCode: 200 },
      }),
      recorded,
    );
    return { kind: "ran", actual, differences: differencesBetween(actual, expected.recorded, recorded) };
  } catch (reason) {
    if (!(reason instanceof TestStateRefusal)) throw reason;
    const actual = normalise(refusal(reason, expected.recorded), recorded);
    return { kind: "ran", actual, differences: differencesBetween(actual, expected.recorded, recorded) };
  }
}

/** A refusal is recorded as the response or as the text of the SDK's exception. */
function refusal({ name, message }: TestStateRefusal, recorded: unknown): unknown {
  if (typeof recorded === "string") {
    return `An error occurred (${name}) when calling the TestState operation: ${message}`;
  }
  const metadata = { HTTPHeaders: {}, HTTPStatusCode: 400 };
  return { Error: { Code: name, Message: message }, message, ResponseMetadata: metadata };
}

function inRecordedAccount(answer: object): unknown {
  return JSON.parse(JSON.stringify(answer).replaceAll("123456789012", "111111111111"));
}

/** Recordings of TestState hold lists as the recorder, a Python program, printed them; objects were parsed anyway. */
function listsAsPython(value: object): object {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]: [string, unknown]) => {
      if (typeof member === "string" && member.startsWith("[")) return [name, printAsPython(JSON.parse(member))];
      return [name, typeof member === "object" && member !== null ? listsAsPython(member) : member];
    }),
  );
}
