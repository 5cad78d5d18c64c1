import { describe, expect, test } from "vitest";
import type { DesiredStateMachine } from "./desired.ts";
import type { ObservedStateMachine } from "./observed.ts";
import { planDeployment } from "./plan-deployment.ts";

const arn = "arn:aws:states:eu-central-1:123456789012:stateMachine:Greeting";

const desired: DesiredStateMachine = {
  arn,
  definition: { Comment: "v1", StartAt: "Done", States: { Done: { Type: "Succeed" } } },
  roleArn: "arn:aws:iam::123456789012:role/greeting",
  type: "STANDARD",
  alias: "live",
};

const observed: ObservedStateMachine = {
  arn,
  definition: { States: { Done: { Type: "Succeed" } }, StartAt: "Done", Comment: "v1" },
  roleArn: desired.roleArn,
  type: "STANDARD",
  revisionId: "r1",
  alias: { arn: `${arn}:live`, routes: [{ versionArn: `${arn}:1`, weight: 100, revisionId: "r1" }] },
};

describe("a plan", () => {
  test("for an empty account creates, publishes and names", () => {
    expect(planDeployment(desired, undefined)).toEqual({
      desired,
      observedRevisionId: undefined,
      actions: [{ kind: "createStateMachine" }, { kind: "publishVersion" }, { kind: "createAlias" }],
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
      { kind: "updateAlias", aliasArn: `${arn}:live` },
    ]);
  });

  test("gives an alias to a state machine that has none", () => {
    expect(planDeployment(desired, { ...observed, alias: undefined }).actions).toEqual([
      { kind: "publishVersion" },
      { kind: "createAlias" },
    ]);
  });

  test("brings up an alias that still serves an older revision", () => {
    const behind = { arn: `${arn}:live`, routes: [{ versionArn: `${arn}:1`, weight: 100, revisionId: "r0" }] };
    expect(planDeployment(desired, { ...observed, alias: behind }).actions).toEqual([
      { kind: "publishVersion" },
      { kind: "updateAlias", aliasArn: `${arn}:live` },
    ]);
  });

  test("is refused when the type differs, which AWS cannot change", () => {
    expect(() => planDeployment(desired, { ...observed, type: "EXPRESS" })).toThrow(
      `${arn} is of type EXPRESS; wanted STANDARD.`,
    );
  });
});
