/** The shape of a compiled path, apart from its maker: filters need it, and paths need filters. */
import type { JsonValue } from "../json.ts";
import type { PathSegment } from "./path.ts";

/**
 * @param node where the segments start
 * @param document what `$` is inside filters
 * @returns `undefined` when a definite path finds nothing; an indefinite one gives a list, perhaps empty
 */
export type PathReader = (node: JsonValue, document: JsonValue) => JsonValue | undefined;

export type CompileSegments = (segments: readonly PathSegment[], definite: boolean) => PathReader;
