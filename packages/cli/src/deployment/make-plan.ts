import { observe, observeFunctions, planDeployment, validateRemotely } from "@stepwright/deploy";
import { diagnosticFormats } from "../diagnostics/formats.ts";
import { hasErrors } from "../diagnostics/reported-diagnostic.ts";
import type { Terminal } from "../terminal.ts";
import type { OpenedDeployment } from "./open-deployment.ts";
import { differencesOf } from "./plan-report.ts";
import type { PlanReport } from "./plan-report.ts";

/** @returns `undefined` when our validator finds errors, which it then has told */
export async function makePlan(
  { clients, desired, diagnostics }: OpenedDeployment,
  terminal: Terminal,
): Promise<PlanReport | undefined> {
  terminal.err(diagnosticFormats.text(diagnostics, terminal));
  if (hasErrors(diagnostics)) return undefined;
  const observed = await observe(desired, clients);
  const plan = planDeployment(desired, observed, await observeFunctions(desired, observed, clients));
  return {
    plan,
    differences: differencesOf(plan, observed),
    validation: await validateRemotely(desired, clients.states),
  };
}

/** Whether AWS itself would refuse the definition. */
export function isRefused({ validation }: PlanReport): boolean {
  return validation.kind === "validated" && validation.diagnostics.some(({ severity }) => severity === "ERROR");
}
