import { UsageError } from "../usage-error.ts";

/**
 * Turns what AWS and its SDK refuse into one sentence, without the request: it may hold what a log should not.
 *
 * @throws UsageError when there are no credentials, when AWS refuses the call, and when AWS cannot be reached
 */
export async function sayingRefusals<Answer>(
  profile: string | undefined,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    const { name, message, code = "", $fault, $metadata } = error as SdkError;
    if (name === "CredentialsProviderError" || name === "TokenProviderError") {
      throw new UsageError(
        `Found no AWS credentials${profile === undefined ? "" : ` in the profile ${profile}`}; wanted AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile (--profile), \`aws sso login\`, or a role of the machine`,
        { cause: error },
      );
    }
    if ($fault !== undefined) {
      throw new UsageError(`AWS refuses: ${name}: ${message}`, { cause: error });
    }
    if ($metadata?.httpStatusCode !== undefined) {
      throw new UsageError(
        `Found an answer with the HTTP status ${$metadata.httpStatusCode} that the SDK cannot read; wanted one of AWS: is it another service, or a proxy?`,
        { cause: error },
      );
    }
    if ($metadata !== undefined || networkErrors.has(code)) {
      throw new UsageError(`Cannot reach the service: ${message.trim()}`, { cause: error });
    }
    throw error;
  }
}

interface SdkError extends Error {
  readonly code?: string;
  /** Whose fault it is; of what a service answers as its error, and of nothing else. */
  readonly $fault?: "client" | "server";
  /** Of whatever ended a call; with a status when there was an answer. */
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Of credentials that stand elsewhere: no call was begun. */
const networkErrors = new Set(["ECONNREFUSED", "ENOTFOUND", "ECONNRESET", "ETIMEDOUT", "EAI_AGAIN"]);
