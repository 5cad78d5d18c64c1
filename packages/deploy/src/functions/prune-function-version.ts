import { isAwsError } from "../deploy-error.ts";
import type { FunctionsClient } from "./functions-client.ts";

/** Deletes a version of a function, unless an alias of the function leads to it. */
export async function pruneFunctionVersion(versionArn: string, client: FunctionsClient): Promise<void> {
  const end = versionArn.lastIndexOf(":");
  try {
    await client.deleteFunction({ FunctionName: versionArn.slice(0, end), Qualifier: versionArn.slice(end + 1) });
  } catch (error) {
    // The first is AWS's answer when an alias leads to it; the second, when it is gone.
    if (!isAwsError(error, "ResourceConflictException", "ResourceNotFoundException")) throw error;
  }
}
