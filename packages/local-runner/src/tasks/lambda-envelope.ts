import type { JsonObject, JsonValue } from "@stepwright/asl";

/**
 * The result of `lambda:invoke`.
 * @param metadata of the call; a scripted reply has none, for no machine should read it
 */
export function lambdaEnvelope(payload: JsonValue, metadata?: JsonObject): JsonObject {
  return { ExecutedVersion: "$LATEST", Payload: payload, ...metadata, StatusCode: 200 };
}
