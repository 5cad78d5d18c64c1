import type { TestStateOptions } from "./test-state-options.ts";
import type { TestStateRequest, TestStateResponse } from "./test-state-request.ts";

/**
 * Tests one state. Nothing waits: a Wait state passes at once.
 *
 * @throws TestStateRefusal for a refused call; its `name` is the exception's of the API
 * @example
 * const { status, output } = await testState({
 *   definition: JSON.stringify({ Type: "Pass", Parameters: { "n.$": "$.a" }, End: true }),
 *   input: '{"a": 1}',
 * });
 * // status => "SUCCEEDED", output => '{"n":1}'
 */
export async function testState(request: TestStateRequest, options: TestStateOptions = {}): Promise<TestStateResponse> {
  const { runTestState } = await import("./run-test-state.ts");
  return runTestState(request, options);
}
