/** ARNs of things that exist only here. The account is the one that AWS's own documentation uses. */
export const localRegion = "us-east-1";
export const localAccount = "123456789012";

const statesPrefix = `arn:aws:states:${localRegion}:${localAccount}`;
const functionPrefix = `arn:aws:lambda:${localRegion}:${localAccount}:function:`;
const machinePrefix = `${statesPrefix}:stateMachine:`;
const executionPrefix = `${statesPrefix}:execution:`;
const expressPrefix = `${statesPrefix}:express:`;

export function localFunctionArn(functionName: string): string {
  return functionPrefix + functionName;
}

export function localStateMachineArn(stateMachineName: string): string {
  return machinePrefix + stateMachineName;
}

export function localExecutionArn(stateMachineName: string, name: string): string {
  return `${executionPrefix}${stateMachineName}:${name}`;
}

/** Express executions of the same name can run at the same time; AWS adds an id, here always the same. */
export function localExpressExecutionArn(stateMachineName: string, name: string): string {
  const id = "00000000-0000-4000-8000-000000000000";
  return `${expressPrefix}${stateMachineName}:${name}:${id}`;
}

export const localRoleArn = `arn:aws:iam::${localAccount}:role/local`;
