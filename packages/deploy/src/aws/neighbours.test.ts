/** The real clients of the services around Step Functions, against scripted ones: what they send, what they understand. */
import { afterEach, describe, expect, test } from "vitest";
import { httpServer, operationOf } from "../../test/http-server.ts";
import type { HttpAnswer, HttpRequest, HttpServer } from "../../test/http-server.ts";
import { createSchedule, deleteSchedule, observeSchedule, scheduleChanges, updateSchedule } from "../schedule.ts";
import type { DesiredSchedule } from "../schedule.ts";
import { alarmsInAlarm } from "../version-health.ts";
import { connect } from "./connect.ts";

const servers: HttpServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server[Symbol.asyncDispose]();
});

/** Gives the answers one after the other, and the last one again. */
async function answering(...answers: readonly [HttpAnswer, ...HttpAnswer[]]) {
  let asked = 0;
  const server = await httpServer(async () => answers[Math.min(asked++, answers.length - 1)] as HttpAnswer);
  servers.push(server);
  const { clients, values } = await connect({
    endpoint: server.endpoint,
    environment: { STAGE: "prod" },
    maxAttempts: 3,
  });
  return { clients, values, requests: server.requests };
}

const json = (value: unknown, status = 200): HttpAnswer => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});
const refused = (name: string, status = 400): HttpAnswer => ({
  status,
  headers: { "content-type": "application/json", "x-amzn-errortype": name },
  body: JSON.stringify({ __type: name, Message: name, message: name }),
});
const xml = (body: string, status = 200): HttpAnswer => ({ status, headers: { "content-type": "text/xml" }, body });
const alarm = (AlarmName: string, StateValue: string) => ({ AlarmName, StateValue });
const bodyOf = (request: HttpRequest | undefined) => JSON.parse(request?.body ?? "{}") as unknown;

describe("EventBridge Scheduler", () => {
  const desired: DesiredSchedule = {
    name: "Retrain",
    group: "monthly",
    expression: "cron(0 3 1 * ? *)",
    timezone: "Europe/Berlin",
    flexibleWindowMinutes: 15,
    targetArn: "arn:aws:lambda:eu-central-1:123456789012:function:starter",
    roleArn: "arn:aws:iam::123456789012:role/scheduler",
    input: '{"at":"<aws.scheduler.scheduled-time>"}',
    deadLetterArn: "arn:aws:sqs:eu-central-1:123456789012:missed",
  };
  const sent = {
    ScheduleExpression: "cron(0 3 1 * ? *)",
    ScheduleExpressionTimezone: "Europe/Berlin",
    FlexibleTimeWindow: { Mode: "FLEXIBLE", MaximumWindowInMinutes: 15 },
    State: "ENABLED",
    Target: {
      Arn: desired.targetArn,
      RoleArn: desired.roleArn,
      RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600 },
      Input: desired.input,
      DeadLetterConfig: { Arn: desired.deadLetterArn },
    },
  };

  test("gets the whole schedule when it is made", async () => {
    const { clients, requests } = await answering(json({ ScheduleArn: "arn" }));
    await createSchedule(desired, await clients.schedules());
    expect(requests[0]).toMatchObject({ method: "POST", path: "/schedules/Retrain" });
    expect(bodyOf(requests[0])).toMatchObject({ GroupName: "monthly", ...sent });
  });

  test("gets the whole schedule again when it is changed: it replaces what is there", async () => {
    const { clients, requests } = await answering(json({ ScheduleArn: "arn" }));
    await updateSchedule(desired, await clients.schedules());
    expect(requests[0]).toMatchObject({ method: "PUT", path: "/schedules/Retrain" });
    expect(bodyOf(requests[0])).toMatchObject({ GroupName: "monthly", ...sent });
  });

  test("tells what stands there, and what differs", async () => {
    const stands = { ...sent, Name: "Retrain", GroupName: "monthly", CreationDate: 1_790_000_000 };
    const { clients, requests } = await answering(json(stands), json({ ...stands, State: "DISABLED" }));
    const client = await clients.schedules();
    const observed = await observeSchedule(desired, client);
    expect(requests[0]).toMatchObject({ method: "GET", path: "/schedules/Retrain", query: { groupName: "monthly" } });
    expect(observed && scheduleChanges(desired, observed)).toEqual([]);
    const stopped = await observeSchedule(desired, client);
    expect(stopped && scheduleChanges(desired, stopped)).toEqual(["State"]);
  });

  test("has none, or none any more", async () => {
    const { clients, requests } = await answering(refused("ResourceNotFoundException", 404));
    const client = await clients.schedules();
    expect(await observeSchedule({ name: "Retrain" }, client)).toBeUndefined();
    await deleteSchedule(desired, client);
    expect(requests[1]).toMatchObject({
      method: "DELETE",
      path: "/schedules/Retrain",
      query: { groupName: "monthly" },
    });
  });

  test("is asked again when it throttles, and believed when it forbids", async () => {
    const throttled = await answering(refused("ThrottlingException", 429), json({ ScheduleArn: "arn" }));
    await createSchedule(desired, await throttled.clients.schedules());
    expect(throttled.requests).toHaveLength(2);
    const forbidden = await answering(refused("AccessDeniedException", 403));
    await expect(createSchedule(desired, await forbidden.clients.schedules())).rejects.toThrow("AccessDeniedException");
  });
});

describe("CloudWatch", () => {
  test("is asked for the alarms by name, of both kinds, page by page", async () => {
    const { clients, requests } = await answering(
      json({ MetricAlarms: [alarm("errors", "OK")], NextToken: "more" }),
      json({ MetricAlarms: [alarm("slow", "ALARM")], CompositeAlarms: [alarm("all", "ALARM")] }),
    );
    expect(await alarmsInAlarm(["errors", "slow", "all"], await clients.alarms())).toEqual(["slow", "all"]);
    expect(requests.map(operationOf)).toEqual(["DescribeAlarms", "DescribeAlarms"]);
    const asked = { AlarmNames: ["errors", "slow", "all"], AlarmTypes: ["MetricAlarm", "CompositeAlarm"] };
    expect(requests.map(bodyOf)).toEqual([asked, { ...asked, NextToken: "more" }]);
  });

  test("has no such alarm: an error, because it would watch nothing", async () => {
    const { clients } = await answering(json({ MetricAlarms: [alarm("errors", "OK")] }));
    await expect(alarmsInAlarm(["errors", "slow"], await clients.alarms())).rejects.toMatchObject({
      code: "ALARM_MISSING",
      message: "Found no CloudWatch alarm slow; wanted one to watch.",
    });
  });

  test("is asked again when it throttles", async () => {
    const { clients, requests } = await answering(
      refused("ThrottlingException"),
      json({ MetricAlarms: [alarm("a", "OK")] }),
    );
    expect(await alarmsInAlarm(["a"], await clients.alarms())).toEqual([]);
    expect(requests).toHaveLength(2);
  });
});

describe("SSM", () => {
  test("gives a parameter with its type", async () => {
    const { values, requests } = await answering(json({ Parameter: { Type: "String", Value: "arn:train" } }));
    expect(await values.parameter("/train")).toEqual({ type: "String", value: "arn:train" });
    expect(requests.map(operationOf)).toEqual(["GetParameter"]);
    // A secret stays encrypted: it is told by its type, and refused.
    expect(bodyOf(requests[0])).toEqual({ Name: "/train" });
  });

  test("has no such parameter, throttles, or forbids", async () => {
    const absent = await answering(refused("ParameterNotFound"));
    expect(await absent.values.parameter("/nope")).toBeUndefined();
    const throttled = await answering(
      refused("ThrottlingException"),
      json({ Parameter: { Type: "String", Value: "x" } }),
    );
    expect(await throttled.values.parameter("/x")).toEqual({ type: "String", value: "x" });
    const forbidden = await answering(refused("AccessDeniedException"));
    await expect(forbidden.values.parameter("/x")).rejects.toThrow("AccessDeniedException");
  });
});

const stack = (outputs: Readonly<Record<string, string>>) => {
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return xml(
    `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><StackName>retrain</StackName><StackStatus>UPDATE_COMPLETE</StackStatus><Outputs>${members.join("")}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
  );
};
const error = (code: string, message: string) =>
  xml(
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    400,
  );

describe("CloudFormation", () => {
  test("gives the outputs of a stack", async () => {
    const { values, requests } = await answering(stack({ TrainArn: "arn:train", RoleArn: "arn:role" }));
    expect(await values.stackOutputs("retrain")).toEqual({ TrainArn: "arn:train", RoleArn: "arn:role" });
    expect(Object.fromEntries(new URLSearchParams(requests[0]?.body))).toMatchObject({
      Action: "DescribeStacks",
      StackName: "retrain",
    });
  });

  test("has a stack without outputs", async () => {
    const { values } = await answering(stack({}));
    expect(await values.stackOutputs("retrain")).toEqual({});
  });

  test("has no such stack, throttles, or forbids", async () => {
    const absent = await answering(error("ValidationError", "Stack with id retrain does not exist"));
    expect(await absent.values.stackOutputs("retrain")).toBeUndefined();
    const throttled = await answering(error("Throttling", "Rate exceeded"), stack({ A: "b" }));
    expect(await throttled.values.stackOutputs("retrain")).toEqual({ A: "b" });
    const forbidden = await answering(error("AccessDenied", "not authorized"));
    await expect(forbidden.values.stackOutputs("retrain")).rejects.toThrow("not authorized");
  });
});
