/** What a task token says to those who made it: the task's execution, and its activity when it has one. */

export function printTaskToken(executionArn: string, id: number, activityArn: string | undefined): string {
  return Buffer.from([executionArn, id, activityArn ?? ""].join("#")).toString("base64url");
}

/** @returns `undefined` when no worker was to do the task */
export function activityOfToken(taskToken: string): string | undefined {
  const [token = ""] = taskToken.split(".");
  const activityArn = Buffer.from(token, "base64url").toString().split("#")[2];
  return activityArn === "" ? undefined : activityArn;
}
