/** ARNs of things that exist only here. The account is the one that AWS's own documentation uses. */
export const localRegion = "us-east-1";
export const localAccount = "123456789012";

export function localFunctionArn(functionName: string): string {
  return `arn:aws:lambda:${localRegion}:${localAccount}:function:${functionName}`;
}

export function localStateMachineArn(stateMachineName: string): string {
  return `arn:aws:states:${localRegion}:${localAccount}:stateMachine:${stateMachineName}`;
}

export function localExecutionArn(stateMachineName: string, name: string): string {
  return `arn:aws:states:${localRegion}:${localAccount}:execution:${stateMachineName}:${name}`;
}

export const localRoleArn = `arn:aws:iam::${localAccount}:role/local`;
