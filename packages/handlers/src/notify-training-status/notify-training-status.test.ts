import { describe, expect, test } from "vitest";
import { memoryLedger } from "../../test/memory-ledger.ts";
import type { Deployed, Registered } from "../contracts.ts";
import type { Notification } from "../ports.ts";
import { notifyTrainingStatus, summarize } from "./notify-training-status.ts";

const registered: Registered = {
  modelId: "card-fraud",
  runId: "2026-09",
  step: "register",
  status: "Approved",
  modelVersion: "2026-09-aaaaaaaa",
  failedRules: [],
};
const deployed: Deployed = {
  modelId: "card-fraud",
  runId: "2026-09",
  step: "deploy",
  status: "IN_SERVICE",
  serving: "2026-09-aaaaaaaa",
};
const stopped = { stoppedAt: "ingest", error: "StaleDataError", reason: "too old" } as const;

describe("a model's status", () => {
  const cases: readonly [string, Partial<Registered>, Partial<Deployed>, string | undefined][] = [
    ["DEPLOYED", {}, {}, undefined],
    [
      "REJECTED",
      { status: "Rejected", failedRules: ["auc >= 0.8 (0.5)"] },
      { status: "NOT_DEPLOYED" },
      "auc >= 0.8 (0.5)",
    ],
    ["PENDING_APPROVAL", { status: "PendingManualApproval" }, { status: "NOT_DEPLOYED", reason: "waits" }, "waits"],
    [
      "SKIPPED",
      { status: "NotRegistered", stopped: { ...stopped, outcome: "SKIPPED" } },
      { status: "NOT_DEPLOYED" },
      "StaleDataError: too old",
    ],
    [
      "FAILED",
      { status: "NotRegistered", stopped: { ...stopped, outcome: "FAILED" } },
      { status: "NOT_DEPLOYED" },
      "StaleDataError: too old",
    ],
    ["ROLLED_BACK", {}, { status: "ROLLED_BACK", reason: "smoke" }, "smoke"],
    [
      "FAILED",
      { status: "NotRegistered", stopped: { ...stopped, outcome: "FAILED", stoppedAt: "register" } },
      {},
      "StaleDataError: too old",
    ],
  ];
  test.each(cases)("is %s after %j and %j", (status, register, deploy, reason) => {
    const summary = summarize({ ...registered, ...register }, { ...deployed, ...deploy });
    expect(summary.status).toBe(status);
    expect(summary.reason).toBe(reason);
    expect(JSON.stringify(summary).length).toBeLessThan(700);
  });

  test("is sent once, under a key that names run, model, status and version", async () => {
    const { notify, sent } = office(() => undefined);
    const status = await notify([registered, deployed]);
    expect(await notify([registered, deployed])).toEqual(status);
    expect(sent).toEqual([
      { key: "2026-09/card-fraud/DEPLOYED/2026-09-aaaaaaaa", subject: "card-fraud 2026-09: DEPLOYED", detail: status },
    ]);
  });

  test("is asked for again when nobody can be told, and on the last attempt says so", async () => {
    const { notify } = office(() => {
      throw new Error("the line is down");
    });
    await expect(notify([registered, deployed])).rejects.toMatchObject({ name: "TransientDependencyError" });
    await expect(notify([registered, deployed])).rejects.toThrow("the line is down");
    expect(await notify([registered, deployed])).toMatchObject({
      status: "DEPLOYED",
      reason: "Nobody was notified (the line is down).",
    });
  });
});

function office(beforeSending: () => void) {
  const sent: Notification[] = [];
  const notify = notifyTrainingStatus({
    ledger: memoryLedger(),
    failureMode: "isolate",
    notifier: {
      notify: async (notification) => {
        beforeSending();
        sent.push(notification);
        return { sent: true };
      },
    },
  });
  return { notify, sent };
}
