/** Which versions of functions the versions of a state machine name: their executions call them to the end. */
import { orAbsent } from "../deploy-error.ts";
import type { StatesClient } from "../states-client.ts";

/** By version of the state machine. */
export type FunctionVersionsInUse = Readonly<Record<string, readonly string[]>>;

export async function functionVersionsInUse(
  stateMachineVersionArns: readonly string[],
  functionArns: readonly string[],
  states: StatesClient,
): Promise<FunctionVersionsInUse> {
  const entries: (readonly [string, readonly string[]])[] = [];
  // One after the other: there may be a thousand, and AWS lets twenty a second be described.
  for (const stateMachineArn of stateMachineVersionArns) {
    // Another deployment may have pruned it since it was listed.
    const version = await orAbsent(states.describeStateMachine({ stateMachineArn }), "StateMachineDoesNotExist");
    entries.push([stateMachineArn, versionsNamedIn(version?.definition ?? "", functionArns)]);
  }
  return Object.fromEntries(entries);
}

function versionsNamedIn(definition: string, functionArns: readonly string[]): readonly string[] {
  const named = definition.match(/arn:[\w-]+:lambda:[\w-]+:\d+:function:[\w-]+:\d+/g) ?? [];
  return named.filter((arn) => functionArns.includes(arn.slice(0, arn.lastIndexOf(":"))));
}
