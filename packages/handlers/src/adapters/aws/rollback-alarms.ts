import { loadOnce } from "../../load-once.ts";
import type { ClientSettings } from "./client-settings.ts";

/** Tells each time which of the alarms are in ALARM. @throws Error for one that does not exist: it would never speak */
export function rollbackAlarms(names: readonly string[], client: ClientSettings): () => Promise<readonly string[]> {
  const connect = loadOnce(async () => {
    const { CloudWatch } = await import("@aws-sdk/client-cloudwatch");
    return new CloudWatch({ ...client });
  });
  return async () => {
    if (names.length === 0) return [];
    const { MetricAlarms = [], CompositeAlarms = [] } = await (
      await connect()
    ).describeAlarms({
      AlarmNames: [...names],
      AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
      MaxRecords: 100,
    });
    const found = [...MetricAlarms, ...CompositeAlarms];
    const absent = names.filter((name) => found.every(({ AlarmName }) => AlarmName !== name));
    if (absent.length > 0) throw new Error(`There is no CloudWatch alarm ${absent.join(", ")}.`);
    return found.flatMap(({ AlarmName = "", StateValue }) => (StateValue === "ALARM" ? [AlarmName] : []));
  };
}
