import { generatedHeader } from "./generated-header.ts";

/** The file, once per handlers folder, that all contracts share, so that `instanceof` works across tasks. */
export const contractViolationFile = "contract-violation.generated";

export function printContractViolation(): string {
  return `${generatedHeader("the contracts of all tasks")}

/** One way in which an event does not fit its contract. */
export interface ContractViolation {
  /** Where in the event, as a JSON Pointer; empty for the event itself. */
  readonly path: string;
  readonly message: string;
}

const shownViolations = 5;

/** An event that its task's contract does not allow. Retry and Catch see the name \`ContractViolationError\`. */
export class ContractViolationError extends Error {
  override readonly name = "ContractViolationError";
  readonly task: string;
  readonly violations: readonly ContractViolation[];

  constructor(task: string, violations: readonly ContractViolation[]) {
    const shown = violations.slice(0, shownViolations).map(({ path, message }) => \`\${path || "the event"} \${message}\`);
    const rest = violations.length - shown.length;
    super(\`The event of \${task} does not fit its contract: \${shown.join("; ")}\${rest > 0 ? \`; \${rest} more\` : ""}\`);
    this.task = task;
    this.violations = violations;
  }
}
`;
}
