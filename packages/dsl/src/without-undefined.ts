/** An object without the members that are `undefined`: JSON has none. */
import type { JsonObject, JsonValue } from "@stepwright/asl";

export function withoutUndefined(members: { readonly [name: string]: JsonValue | undefined }): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );
}
