/** AWS's own opinion of a definition, where it may be asked. Changes nothing. */
import { printDefinition } from "@stepwright/asl";
import type { Diagnostic } from "@stepwright/asl";
import { isAwsError } from "./deploy-error.ts";
import type { DesiredStateMachine } from "./desired.ts";
import { pinnedDefinition } from "./functions/plan-functions.ts";
import type { StatesClient } from "./states-client.ts";

export type RemoteValidation =
  | { readonly kind: "validated"; readonly diagnostics: readonly RemoteDiagnostic[] }
  /** No permission, or an endpoint that cannot: no reason not to deploy. */
  | { readonly kind: "unavailable"; readonly reason: string };

/** AWS's codes grow, so that they are any text here. */
export interface RemoteDiagnostic extends Pick<Diagnostic, "severity" | "message"> {
  readonly code: string;
  readonly location: string | undefined;
}

export async function validateRemotely(
  { definition, functions, type }: Pick<DesiredStateMachine, "definition" | "functions" | "type">,
  states: StatesClient,
): Promise<RemoteValidation> {
  try {
    const { diagnostics = [] } = await states.validateStateMachineDefinition({
      definition: printDefinition(pinnedDefinition(definition, functions)),
      type,
      severity: "WARNING",
    });
    return {
      kind: "validated",
      diagnostics: diagnostics.map(({ severity = "ERROR", code = "", message = "", location }) => ({
        severity,
        code,
        message,
        location,
      })),
    };
  } catch (error) {
    if (isAwsError(error, "AccessDeniedException", "UnknownOperationException")) {
      return { kind: "unavailable", reason: `${error.name}: ${error.message}` };
    }
    throw error;
  }
}
