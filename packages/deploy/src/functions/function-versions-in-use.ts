/** Which versions of functions the versions of a state machine name: their executions call them to the end. */
import type { StatesClient } from "../states-client.ts";

/** By version of the state machine. */
export type FunctionVersionsInUse = Readonly<Record<string, readonly string[]>>;

export async function functionVersionsInUse(
  stateMachineVersionArns: readonly string[],
  functionArns: readonly string[],
  states: StatesClient,
): Promise<FunctionVersionsInUse> {
  const entries = stateMachineVersionArns.map(async (stateMachineArn) => {
    const { definition = "" } = await states.describeStateMachine({ stateMachineArn });
    return [stateMachineArn, versionsNamedIn(definition, functionArns)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

function versionsNamedIn(definition: string, functionArns: readonly string[]): readonly string[] {
  const named = definition.match(/arn:[\w-]+:lambda:[\w-]+:\d+:function:[\w-]+:\d+/g) ?? [];
  return named.filter((arn) => functionArns.includes(arn.slice(0, arn.lastIndexOf(":"))));
}
