import { remoteError, remoteResult } from "./remote-handler-error.ts";
import type { TaskHandler } from "./task-handlers.ts";

export interface HttpHandlerOptions {
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A handler behind an HTTP endpoint: the event is posted as JSON, the response's JSON is the result. A status other
 * than 2xx, or the header `X-Amz-Function-Error` that AWS's runtime interface emulator sends, fails the task; the body
 * may then be `{"errorType": …, "errorMessage": …}`, otherwise the error is `Http.StatusCode.503` or the like.
 *
 * @example httpHandler("http://localhost:9000/2015-03-31/functions/function/invocations")
 */
export function httpHandler(url: string | URL, { headers = {} }: HttpHandlerOptions = {}): TaskHandler {
  return async (event, { signal }) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(event),
      signal,
    });
    const body = await response.text();
    if (response.headers.has("x-amz-function-error")) throw remoteError(body, "Lambda.Unknown");
    if (!response.ok) throw remoteError(body, `Http.StatusCode.${response.status}`);
    return remoteResult(body, String(url));
  };
}
