/** What a plan's reader should know before it is carried out. Pure. */
import { walkStates } from "@stepwright/asl";
import type { StateMachineDefinition } from "@stepwright/asl";
import type { DeployAction, Risk } from "./deploy-plan.ts";
import type { DesiredStateMachine } from "./desired.ts";
import type { ObservedStateMachine } from "./observed.ts";
import { allAtOnce } from "./shift.ts";
import { versionLabel } from "./version-arn.ts";

export function risksOf(
  desired: DesiredStateMachine,
  observed: ObservedStateMachine,
  actions: readonly DeployAction[],
): readonly Risk[] {
  if (actions.length === 0) return [];
  const changes = actions.flatMap((action) => (action.kind === "updateStateMachine" ? action.changes : []));
  const found: readonly (Risk | undefined)[] = [
    changes.length > 0 ? inFlight(observed) : undefined,
    changes.includes("roleArn") ? roleChanged(desired, observed) : undefined,
    changes.includes("definition") ? accessWidened(desired, observed) : undefined,
    changes.length > 0 ? changedOutside(observed) : undefined,
    shiftAbandoned(observed, actions),
    unwatched(desired, actions),
  ];
  return found.filter((risk) => risk !== undefined);
}

function inFlight({ runningExecutions }: ObservedStateMachine): Risk | undefined {
  if (runningExecutions === 0) return undefined;
  const many = runningExecutions === 1 ? "1 execution runs" : `${runningExecutions} executions run`;
  return {
    code: "IN_FLIGHT_EXECUTIONS",
    message: `${many} on the definition of today to the end, but with tomorrow's functions and permissions: keep both compatible`,
  };
}

function roleChanged({ roleArn }: DesiredStateMachine, observed: ObservedStateMachine): Risk {
  return {
    code: "ROLE_CHANGED",
    message: `${observed.roleArn} becomes ${roleArn}; executions that run now keep needing the old role`,
  };
}

function accessWidened({ definition }: DesiredStateMachine, observed: ObservedStateMachine): Risk | undefined {
  const before = resourcesOf(observed.definition);
  const added = [...resourcesOf(definition)].filter((resource) => !before.has(resource));
  return added.length === 0
    ? undefined
    : { code: "ACCESS_WIDENED", message: `the role must also allow ${added.join(", ")}` };
}

function resourcesOf(definition: StateMachineDefinition): ReadonlySet<string> {
  const resources = walkStates(definition).map(({ value }) => value["Resource"]);
  // Who may call a function may call each of its versions: the generated policy says so.
  return new Set(
    resources.filter((resource) => typeof resource === "string").map((arn) => arn.replace(functionVersion, "$1")),
  );
}

const functionVersion = /^(arn:[^:]+:lambda:[^:]+:\d+:function:[^:]+):(?:\d+|next)$/;

/** Who publishes every revision, as we do, leaves none without a version. */
function changedOutside({ isPublished }: ObservedStateMachine): Risk | undefined {
  return isPublished
    ? undefined
    : {
        code: "CHANGED_OUTSIDE",
        message:
          "the state machine's revision has no version: it was made or edited elsewhere, or a deployment broke off; this one overwrites it",
      };
}

function shiftAbandoned({ alias }: ObservedStateMachine, actions: readonly DeployAction[]): Risk | undefined {
  const starts = actions.some(({ kind }) => kind === "updateStateMachine");
  const routes = alias?.routes ?? [];
  if (!starts || routes.length < 2) return undefined;
  const shown = routes.map(({ versionArn, weight }) => `${versionLabel(versionArn)} at ${weight} %`).join(", ");
  return { code: "SHIFT_ABANDONED", message: `an unfinished shift (${shown}) is abandoned` };
}

function unwatched(desired: DesiredStateMachine, actions: readonly DeployAction[]): Risk | undefined {
  const { kind, alarms = [] } = desired.shift ?? allAtOnce;
  const shifts = actions.some((action) => action.kind === "shiftAlias");
  return shifts && kind !== "ALL_AT_ONCE" && desired.type === "EXPRESS" && alarms.length === 0
    ? {
        code: "UNWATCHED",
        message: "nobody can list EXPRESS executions, and no alarm is configured: nothing would roll this shift back",
      }
    : undefined;
}
