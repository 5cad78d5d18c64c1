import { isJsonObject } from "@stepwright/asl";
import type { JsonValue } from "@stepwright/asl";

/** What a handler outside of this process answered in the place of a result; the payload is the task's cause. */
export class RemoteHandlerError extends Error {
  readonly payload: string;

  /** @param errorType the task's error */
  constructor(errorType: string, payload: string) {
    super(payload);
    this.name = errorType;
    this.payload = payload;
  }
}

/**
 * A failure as AWS Lambda's runtimes write it: `{"errorType": …, "errorMessage": …}`.
 * @param otherwise the error's name when the payload gives none
 */
export function remoteError(payload: string, otherwise: string): RemoteHandlerError {
  const failure = parsedOrUndefined(payload);
  const errorType = isJsonObject(failure) ? failure["errorType"] : undefined;
  return new RemoteHandlerError(typeof errorType === "string" ? errorType : otherwise, payload);
}

/** @throws RemoteHandlerError when the text is not JSON */
export function remoteResult(text: string, from: string): unknown {
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const found = text.length > 200 ? `${text.slice(0, 200)}…` : text;
    throw new RemoteHandlerError(
      "Runtime.UnmarshalError",
      JSON.stringify({
        errorType: "Runtime.UnmarshalError",
        errorMessage: `${from} answered what is not JSON: ${found}`,
      }),
    );
  }
}

function parsedOrUndefined(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
