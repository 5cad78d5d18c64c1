import { createHash } from "node:crypto";
import type { JsonObject } from "@stepwright/asl";
import type { CallContext } from "./operation.ts";
import { invalidPageToken } from "./service-error.ts";

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken: string | undefined;
}

/** How long a token is good, as the API's reference says of every list. */
const tokenMs = 24 * 3600 * 1000;

/**
 * One page of a list. The token holds where to go on, what was asked and when: with another question, or a day later, it
 * is refused.
 * @param defaultSize when `maxResults` is absent or 0
 * @throws ServiceError `InvalidToken`
 */
export function pageOf<Item>(
  { nowEpochMs }: CallContext,
  list: readonly Item[],
  operation: string,
  request: JsonObject,
  keyOf: (item: Item) => string,
  defaultSize = 100,
): Page<Item> {
  const { maxResults, nextToken, ...question } = request;
  const size = typeof maxResults === "number" && maxResults > 0 ? maxResults : defaultSize;
  const digest = createHash("sha256")
    .update(`${operation} ${JSON.stringify(question)}`)
    .digest("base64url")
    .slice(0, 16);
  const from = typeof nextToken === "string" ? startAfter(list, keyOf, keyIn(nextToken, digest, nowEpochMs)) : 0;
  const items = list.slice(from, from + size);
  const isLast = from + size >= list.length;
  const last = items.at(-1);
  return {
    items,
    nextToken:
      isLast || last === undefined
        ? undefined
        : Buffer.from(JSON.stringify([digest, keyOf(last), nowEpochMs])).toString("base64url"),
  };
}

function keyIn(token: string, digest: string, nowEpochMs: number): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(token, "base64url").toString());
  } catch {
    throw invalidPageToken();
  }
  if (!Array.isArray(parsed) || parsed[0] !== digest || !(nowEpochMs - parsed[2] < tokenMs)) throw invalidPageToken();
  return parsed[1];
}

/** After the item that the token names: what came or went meanwhile moves nothing. */
function startAfter<Item>(list: readonly Item[], keyOf: (item: Item) => string, key: unknown): number {
  const index = list.findIndex((item) => keyOf(item) === key);
  if (index < 0) throw invalidPageToken();
  return index + 1;
}
