import type { ClientSettings } from "./client-settings.ts";

/** The names of those alarms that are in ALARM. @throws Error for one that does not exist: it would never speak */
export async function alarmsInAlarm(names: readonly string[], client: ClientSettings): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const { CloudWatch } = await import("@aws-sdk/client-cloudwatch");
  const { MetricAlarms = [], CompositeAlarms = [] } = await new CloudWatch({ ...client }).describeAlarms({
    AlarmNames: [...names],
    AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
    MaxRecords: 100,
  });
  const found = [...MetricAlarms, ...CompositeAlarms];
  const absent = names.filter((name) => found.every(({ AlarmName }) => AlarmName !== name));
  if (absent.length > 0) throw new Error(`There is no CloudWatch alarm ${absent.join(", ")}.`);
  return found.flatMap(({ AlarmName = "", StateValue }) => (StateValue === "ALARM" ? [AlarmName] : []));
}
