import { changing } from "../operation.ts";
import { textOf } from "../request-members.ts";
import { findTags, tagsOf } from "../tags.ts";

export const tagResource = changing(({ state }, request) => {
  const tags = findTags(state, request);
  for (const [key, value] of tagsOf(request, textOf(request, "resourceArn"), tags)) tags.set(key, value);
  return {};
});
