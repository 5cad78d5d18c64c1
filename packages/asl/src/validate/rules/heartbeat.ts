/** A heartbeat is due before the timeout. See the ASL specification, "Task State". */
import { placeIn } from "../../place.ts";
import type { Rule } from "../report.ts";

export const heartbeat: Rule = ({ states }, report) => {
  for (const { value, place } of states) {
    const { TimeoutSeconds: timeoutSeconds, HeartbeatSeconds: heartbeatSeconds } = value;
    if (typeof timeoutSeconds !== "number" || typeof heartbeatSeconds !== "number") continue;
    if (value["Type"] !== "Task" || heartbeatSeconds < timeoutSeconds) continue;
    report(
      "HEARTBEAT_NOT_BELOW_TIMEOUT",
      `HeartbeatSeconds ${heartbeatSeconds} should be smaller than TimeoutSeconds ${timeoutSeconds}`,
      placeIn(place, "HeartbeatSeconds"),
    );
  }
};
