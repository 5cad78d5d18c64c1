import { UsageError } from "../usage-error.ts";

/**
 * Turns what AWS and its SDK refuse into one sentence, without the request: it may hold what a log should not.
 *
 * @throws UsageError when there are no credentials, or when AWS refuses the call
 */
export async function sayingRefusals<Answer>(
  profile: string | undefined,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    const { name, message, $metadata } = error as Error & { readonly $metadata?: { readonly httpStatusCode?: number } };
    if (name === "CredentialsProviderError" || name === "TokenProviderError") {
      throw new UsageError(
        `Found no AWS credentials${profile === undefined ? "" : ` in the profile ${profile}`}; wanted AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile (--profile), \`aws sso login\`, or a role of the machine`,
        { cause: error },
      );
    }
    if ($metadata?.httpStatusCode !== undefined) {
      throw new UsageError(`AWS refuses: ${name}: ${message}`, { cause: error });
    }
    if (networkErrors.has((error as NodeJS.ErrnoException).code ?? "")) {
      throw new UsageError(`Cannot reach the service: ${message}`, { cause: error });
    }
    throw error;
  }
}

const networkErrors = new Set(["ECONNREFUSED", "ENOTFOUND", "ECONNRESET", "ETIMEDOUT", "EAI_AGAIN"]);
