import { reading } from "../operation.ts";
import { findTags } from "../tags.ts";

export const listTagsForResource = reading(({ state }, request) => ({
  tags: Array.from(findTags(state, request), ([key, value]) => ({ key, value })),
}));
