import { createHash } from "node:crypto";
import type { JsonObject } from "@stepwright/asl";
import { invalidPageToken } from "./service-error.ts";

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken: string | undefined;
}

/**
 * One page of a list. The token holds where to go on and what was asked: with another question it is refused.
 * @param defaultSize when `maxResults` is absent or 0
 * @throws ServiceError `InvalidToken`
 */
export function pageOf<Item>(
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
  const from = typeof nextToken === "string" ? startAfter(list, nextToken, digest, keyOf) : 0;
  const items = list.slice(from, from + size);
  const isLast = from + size >= list.length;
  const last = items.at(-1);
  return {
    items,
    nextToken:
      isLast || last === undefined
        ? undefined
        : Buffer.from(JSON.stringify([digest, keyOf(last)])).toString("base64url"),
  };
}

/** After the item that the token names: what came or went meanwhile moves nothing. */
function startAfter<Item>(list: readonly Item[], token: string, digest: string, keyOf: (item: Item) => string): number {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(token, "base64url").toString());
  } catch {
    throw invalidPageToken();
  }
  if (!Array.isArray(parsed) || parsed[0] !== digest) throw invalidPageToken();
  const index = list.findIndex((item) => keyOf(item) === parsed[1]);
  if (index < 0) throw invalidPageToken();
  return index + 1;
}
