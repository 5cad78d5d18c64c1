/** The way an execution took, as text: what a failed assertion shows. */
import type { ExecutionResult } from "../execution-result.ts";
import type { ExecutionEvent } from "../history/execution-event.ts";
import type { ExecutionPathStep } from "../history/execution-path.ts";

/** One visit of a state. */
export interface VisitedState {
  readonly stateName: string;
  readonly path: ExecutionEvent["path"];
  /** 1 without a retry. */
  readonly attempts: number;
  /** The last failure inside the visit, caught or not. */
  readonly error: string | undefined;
  readonly ended: boolean;
}

/** Every visit of a state in the order of entering. */
export function visitsOf({ history }: ExecutionResult): readonly VisitedState[] {
  const visits: { -readonly [Key in keyof VisitedState]: VisitedState[Key] }[] = [];
  const open = new Map<string, (typeof visits)[number]>();
  for (const { type, stateName, path, attempt, details } of history.events) {
    if (stateName === undefined) continue;
    const place = JSON.stringify([stateName, path]);
    if (type.endsWith("StateEntered")) {
      const visit = { stateName, path, attempts: 1, error: undefined, ended: type === "FailStateEntered" };
      visits.push(visit);
      open.set(place, visit);
      continue;
    }
    const visit = open.get(place);
    if (visit === undefined) continue;
    visit.attempts = Math.max(visit.attempts, attempt + 1);
    visit.error = details?.error ?? visit.error;
    if (type.endsWith("StateExited")) visit.ended = true;
  }
  return visits;
}

/**
 * @example
 * Models
 *   [0] Train (3 attempts, Busy)
 *   [0] Evaluate
 * FAILED States.Timeout
 */
export function describePath(result: ExecutionResult): string {
  const lines = visitsOf(result).map(({ stateName, path, attempts, error, ended }) => {
    const notes = [
      ...(attempts > 1 ? [`${attempts} attempts`] : []),
      ...(error === undefined ? [] : [error]),
      ...(ended ? [] : ["not left"]),
    ];
    const place = path.length === 0 ? "" : `${"  ".repeat(path.length)}${stepText(path.at(-1)!)} `;
    return `${place}${stateName}${notes.length === 0 ? "" : ` (${notes.join(", ")})`}`;
  });
  return [...lines, outcomeText(result)].join("\n");
}

function stepText(step: ExecutionPathStep): string {
  return "map" in step ? `[${step.index}]` : `|${step.branch}|`;
}

function outcomeText(result: ExecutionResult): string {
  if (result.status === "SUCCEEDED") return `SUCCEEDED ${JSON.stringify(result.output)}`;
  return [result.status, result.error, result.cause].filter((part) => part !== undefined).join(" ");
}
