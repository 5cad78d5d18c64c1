/** Tells people by SNS and programs by EventBridge, each once; DynamoDB remembers who was told. */
import type { Notification, Notifier } from "../../ports.ts";
import type { Clock } from "../../ports.ts";
import type { ClientSettings } from "./client-settings.ts";
import { loadOnce } from "../../load-once.ts";
import { getItem, itemKey } from "./table.ts";
import type { Table } from "./table.ts";

/** A way to tell; its name is the attribute that remembers it. */
export interface Channel {
  readonly name: "sns" | "eventbridge";
  readonly send: (notification: Notification) => Promise<void>;
}

export function snsChannel(topicArn: string, client: ClientSettings): Channel {
  const connect = loadOnce(async () => {
    const { SNS } = await import("@aws-sdk/client-sns");
    return new SNS({ ...client });
  });
  return {
    name: "sns",
    send: async ({ subject, detail }) => {
      await (
        await connect()
      ).publish({
        TopicArn: topicArn,
        // SNS takes fewer than 100 printable ASCII characters.
        Subject: subject.replaceAll(/[^ -~]/g, "?").slice(0, 99),
        Message: JSON.stringify(detail, null, 2),
      });
    },
  };
}

export function eventBridgeChannel(eventBusName: string, client: ClientSettings): Channel {
  const connect = loadOnce(async () => {
    const { EventBridge } = await import("@aws-sdk/client-eventbridge");
    return new EventBridge({ ...client });
  });
  return {
    name: "eventbridge",
    send: async ({ detail }) => {
      const { FailedEntryCount = 0, Entries } = await (
        await connect()
      ).putEvents({
        Entries: [
          {
            EventBusName: eventBusName,
            Source: "payments.ml.retraining",
            DetailType: "Model Retraining Finished",
            Detail: JSON.stringify(detail),
          },
        ],
      });
      // A refused event comes back with status 200.
      if (FailedEntryCount === 0) return;
      const [refused] = Entries ?? [];
      throw new Error(`EventBridge refused the event: ${refused?.ErrorCode}: ${refused?.ErrorMessage}`);
    },
  };
}

export function awsNotifier(table: Table, channels: readonly Channel[], clock: Clock): Notifier {
  return {
    notify: async (notification) => {
      const place = [`NOTIFICATION#${notification.key}`, "SENT"] as const;
      const sent = await getItem(table, ...place);
      const left = channels.filter(({ name }) => sent?.[name] === undefined);
      // One that failed must not keep another from being told, nor be told again for the sake of another.
      const outcomes = await Promise.allSettled(
        left.map(async ({ name, send }) => {
          await send(notification);
          await (
            await table.connect()
          ).updateItem({
            TableName: table.name,
            Key: itemKey(...place),
            UpdateExpression: "SET #channel = :at",
            ExpressionAttributeNames: { "#channel": name },
            ExpressionAttributeValues: { ":at": { S: new Date(clock.nowEpochMs()).toISOString() } },
          });
        }),
      );
      const failed = outcomes.find((outcome) => outcome.status === "rejected");
      if (failed !== undefined) throw failed.reason;
      return { sent: left.length > 0 };
    },
  };
}
