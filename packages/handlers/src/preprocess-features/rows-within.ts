import { sqlTimestamp } from "../sql.ts";
import type { TimeSpan } from "../timeline.ts";

/** The rows of the session's table `features` that lie in a span, as what stands after FROM. */
export function rowsWithin({ fromEpochMs, toEpochMs }: TimeSpan): string {
  return `features WHERE event_time >= ${sqlTimestamp(fromEpochMs)} AND event_time < ${sqlTimestamp(toEpochMs)}`;
}
