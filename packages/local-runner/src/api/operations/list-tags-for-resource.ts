import { reading } from "../operation.ts";
import { shownTags } from "../tags.ts";

export const listTagsForResource = reading(({ state }, request) => ({
  tags: Array.from(shownTags(state, request), ([key, value]) => ({ key, value })),
}));
