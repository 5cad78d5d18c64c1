import type { JsonObject } from "@stepwright/asl";
import { diffDefinitions } from "@stepwright/codegen";
import { observe, observeFunctions, planDeployment, validateRemotely } from "@stepwright/deploy";
import type { Risk } from "@stepwright/deploy";
import { diagnosticFormats } from "../diagnostics/formats.ts";
import { hasErrors } from "../diagnostics/reported-diagnostic.ts";
import { openMachine } from "../open-machine.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import type { OpenedDeployment } from "./open-deployment.ts";
import { differencesOf } from "./plan-report.ts";
import type { PlanReport } from "./plan-report.ts";

/**
 * @param since  the generated definition of what is deployed, with its contracts beside it: AWS keeps none
 * @returns `undefined` when our validator finds errors, which it then has told
 */
export async function makePlan(
  opened: OpenedDeployment,
  terminal: Terminal,
  since?: string,
): Promise<PlanReport | undefined> {
  const { clients, diagnostics } = opened;
  terminal.err(diagnosticFormats.text(diagnostics, terminal));
  if (hasErrors(diagnostics)) return undefined;
  const desired = await opened.desired();
  const observed = await observe(desired, clients);
  const plan = planDeployment(desired, observed, await observeFunctions(desired, observed, clients));
  const contractRisks = since === undefined ? [] : await contractRisksOf(opened, since, terminal);
  return {
    plan: { ...plan, risks: [...plan.risks, ...contractRisks] },
    differences: differencesOf(plan, observed),
    validation: await validateRemotely(desired, clients.states),
  };
}

/** What callers, running executions and neighbouring tasks may feel of changed contracts. */
async function contractRisksOf(
  { contracts, definition }: OpenedDeployment,
  since: string,
  { cwd }: Terminal,
): Promise<readonly Risk[]> {
  const before = await openMachine(since, cwd);
  if (Object.keys(before.contracts).length === 0) {
    throw new UsageError(
      `--since is ${since}, and no contracts are beside it; wanted a generated definition with its manifest.json`,
    );
  }
  const now = definition as unknown as JsonObject;
  // Of the same definition only the contracts can differ.
  return diffDefinitions(now, now, { contracts: { before: before.contracts, after: contracts } }).map(
    ({ message, location }) => ({ code: "CONTRACT_CHANGED", message: `${message} (${location})` }),
  );
}

/** Whether AWS itself would refuse the definition. */
export function isRefused({ validation }: PlanReport): boolean {
  return validation.kind === "validated" && validation.diagnostics.some(({ severity }) => severity === "ERROR");
}
