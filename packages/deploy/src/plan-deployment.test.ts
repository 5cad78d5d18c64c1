import { describe, expect, test } from "vitest";
import type { DesiredStateMachine } from "./desired.ts";
import type { ObservedAlias, ObservedStateMachine } from "./observed.ts";
import { planDeployment } from "./plan-deployment.ts";

const arn = "arn:aws:states:eu-central-1:123456789012:stateMachine:Greeting";

const desired: DesiredStateMachine = {
  arn,
  definition: { Comment: "v1", StartAt: "Done", States: { Done: { Type: "Succeed" } } },
  roleArn: "arn:aws:iam::123456789012:role/greeting",
  type: "STANDARD",
  alias: "live",
};

const live: ObservedAlias = {
  arn: `${arn}:live`,
  description: undefined,
  updatedAtEpochMs: 0,
  routes: [{ versionArn: `${arn}:1`, weight: 100, revisionId: "r1" }],
};

const observed: ObservedStateMachine = {
  arn,
  definition: { States: { Done: { Type: "Succeed" } }, StartAt: "Done", Comment: "v1" },
  roleArn: desired.roleArn,
  type: "STANDARD",
  tracing: false,
  logging: { level: "OFF" },
  tags: {},
  versions: [{ arn: `${arn}:1`, createdAtEpochMs: 0 }],
  isPublished: true,
  runningExecutions: 0,
  schedule: undefined,
  revisionId: "r1",
  alias: live,
};

describe("a plan", () => {
  test("for an empty account creates, publishes and names", () => {
    expect(planDeployment(desired, undefined)).toEqual({
      desired,
      pinned: {},
      observedRevisionId: undefined,
      actions: [{ kind: "createStateMachine" }, { kind: "publishVersion" }, { kind: "createAlias" }],
      risks: [],
    });
  });

  test("has nothing to do when only the order of fields differs", () => {
    expect(planDeployment(desired, observed)).toMatchObject({ observedRevisionId: "r1", actions: [] });
  });

  test("moves the alias last, and says what changed", () => {
    const changed = { ...observed, definition: { ...observed.definition, Comment: "v0" }, roleArn: "arn:other" };
    expect(planDeployment(desired, changed).actions).toEqual([
      { kind: "updateStateMachine", changes: ["definition", "roleArn"] },
      { kind: "publishVersion" },
      {
        kind: "shiftAlias",
        aliasArn: `${arn}:live`,
        observedRoutes: [{ versionArn: `${arn}:1`, weight: 100 }],
        fromVersionArn: `${arn}:1`,
        weights: [100],
      },
    ]);
  });

  test("gives an alias to a state machine that has none", () => {
    expect(planDeployment(desired, { ...observed, alias: undefined }).actions).toEqual([
      { kind: "publishVersion" },
      { kind: "createAlias" },
    ]);
  });

  test("brings up an alias that still serves an older revision", () => {
    const behind = { ...live, routes: [{ versionArn: `${arn}:1`, weight: 100, revisionId: "r0" }] };
    expect(planDeployment(desired, { ...observed, alias: behind }).actions).toEqual([
      { kind: "publishVersion" },
      {
        kind: "shiftAlias",
        aliasArn: `${arn}:live`,
        observedRoutes: [{ versionArn: `${arn}:1`, weight: 100 }],
        fromVersionArn: `${arn}:1`,
        weights: [100],
      },
    ]);
  });

  test("says what a reviewer should know", () => {
    const definition = {
      StartAt: "Train",
      States: {
        Train: { Type: "Task", Resource: "arn:aws:lambda:eu-central-1:123456789012:function:train", End: true },
      },
    } as const;
    const risky = {
      ...observed,
      roleArn: "arn:aws:iam::123456789012:role/old",
      isPublished: false,
      runningExecutions: 2,
      alias: {
        ...live,
        routes: [
          { versionArn: `${arn}:1`, weight: 90, revisionId: "r1" },
          { versionArn: `${arn}:2`, weight: 10, revisionId: "r2" },
        ],
      },
    };
    expect(planDeployment({ ...desired, definition }, risky).risks).toEqual([
      {
        code: "IN_FLIGHT_EXECUTIONS",
        message:
          "2 executions run on the definition of today to the end, but with tomorrow's functions and permissions: keep both compatible",
      },
      {
        code: "ROLE_CHANGED",
        message:
          "arn:aws:iam::123456789012:role/old becomes arn:aws:iam::123456789012:role/greeting; executions that run now keep needing the old role",
      },
      {
        code: "ACCESS_WIDENED",
        message: "the role must also allow arn:aws:lambda:eu-central-1:123456789012:function:train",
      },
      {
        code: "CHANGED_OUTSIDE",
        message:
          "the state machine's revision has no version: it was made or edited elsewhere, or a deployment broke off; this one overwrites it",
      },
      { code: "SHIFT_ABANDONED", message: "an unfinished shift (version 1 at 90 %, version 2 at 10 %) is abandoned" },
    ]);
  });

  test("warns of an EXPRESS canary that nothing watches", () => {
    const express = { ...desired, type: "EXPRESS", roleArn: "arn:other", shift: { kind: "CANARY" } } as const;
    const { risks } = planDeployment(express, { ...observed, type: "EXPRESS" });
    expect(risks.map(({ code }) => code)).toEqual(["ROLE_CHANGED", "UNWATCHED"]);
  });

  test("is refused when the type differs, which AWS cannot change", () => {
    expect(() => planDeployment(desired, { ...observed, type: "EXPRESS" })).toThrow(
      `${arn} is of type EXPRESS; wanted STANDARD.`,
    );
  });
});
