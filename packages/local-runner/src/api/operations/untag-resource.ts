import { changing } from "../operation.ts";
import { assertNotReserved, findTags } from "../tags.ts";

export const untagResource = changing(({ state }, request) => {
  const tags = findTags(state, request);
  const keys = request["tagKeys"] as readonly string[];
  assertNotReserved(keys);
  for (const key of keys) tags.delete(key);
  return {};
});
