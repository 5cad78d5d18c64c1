/**
 * Telling somebody: SNS topics, SQS queues, EventBridge buses. A `…WaitForTaskToken` action ends when somebody sends
 * the result with the token that the message carries.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html and connect-sqs, connect-eventbridge
 */
import { integration } from "../integration.ts";

interface MessageAttributes {
  [name: string]: { DataType: string; StringValue?: string };
}

export interface PublishRequest {
  TopicArn?: string;
  PhoneNumber?: string;
  TargetArn?: string;
  /** Anything but a string is sent as its JSON text. */
  Message: unknown;
  Subject?: string;
  MessageStructure?: string;
  MessageAttributes?: MessageAttributes;
  MessageGroupId?: string;
  MessageDeduplicationId?: string;
}

export interface SendMessageRequest {
  QueueUrl: string;
  /** Anything but a string is sent as its JSON text. */
  MessageBody: unknown;
  DelaySeconds?: number;
  MessageAttributes?: MessageAttributes;
  MessageGroupId?: string;
  MessageDeduplicationId?: string;
}

export interface PutEventsRequest {
  Entries: { Source: string; DetailType: string; Detail: unknown; EventBusName?: string; Time?: string }[];
}

export type SnsErrorName = `SNS.${string}Exception`;
export type SqsErrorName = `SQS.${string}Exception`;
export type EventBridgeErrorName = "EventBridge.FailedEntry" | `EventBridge.${string}Exception`;

export const sns = Object.freeze({
  publish: integration<"sns:publish", PublishRequest, { MessageId: string }, SnsErrorName>("sns:publish"),
  publishWaitForTaskToken: <Response>() =>
    integration<"sns:publish.waitForTaskToken", PublishRequest, Response, SnsErrorName>("sns:publish.waitForTaskToken"),
});

export const sqs = Object.freeze({
  sendMessage: integration<
    "sqs:sendMessage",
    SendMessageRequest,
    { MessageId: string; MD5OfMessageBody: string },
    SqsErrorName
  >("sqs:sendMessage"),
  sendMessageWaitForTaskToken: <Response>() =>
    integration<"sqs:sendMessage.waitForTaskToken", SendMessageRequest, Response, SqsErrorName>(
      "sqs:sendMessage.waitForTaskToken",
    ),
});

export const eventBridge = Object.freeze({
  putEvents: integration<
    "events:putEvents",
    PutEventsRequest,
    { FailedEntryCount: number; Entries: { EventId: string }[] },
    EventBridgeErrorName
  >("events:putEvents", ["EventBridge.FailedEntry"]),
  putEventsWaitForTaskToken: <Response>() =>
    integration<"events:putEvents.waitForTaskToken", PutEventsRequest, Response, EventBridgeErrorName>(
      "events:putEvents.waitForTaskToken",
      ["EventBridge.FailedEntry"],
    ),
});
