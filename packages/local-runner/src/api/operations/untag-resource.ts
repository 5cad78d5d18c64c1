import { changing } from "../operation.ts";
import { findTags } from "../tags.ts";

export const untagResource = changing(({ state }, request) => {
  const tags = findTags(state, request);
  for (const key of request["tagKeys"] as readonly string[]) tags.delete(key);
  return {};
});
