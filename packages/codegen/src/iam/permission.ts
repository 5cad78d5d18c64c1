/** What a state machine's role must be allowed to do, before statements are made of it. */

export interface Permission {
  /** `lambda:InvokeFunction`. */
  readonly actions: readonly string[];
  /**
   * ARNs or `*`. `${Name}` stands for a definition substitution, and for `Partition`, `Region` and `AccountId`
   * of where the machine is deployed.
   */
  readonly resources: readonly string[];
  readonly condition?: Condition;
  /** Why a resource is as wide as it is. */
  readonly note?: string;
}

/** Operator to key to value, as in a policy: `{ StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } }`. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** @example arnOf("events", "rule/Nightly") // => "arn:${Partition}:events:${Region}:${AccountId}:rule/Nightly" */
export function arnOf(service: string, resource: string): string {
  return `arn:\${Partition}:${service}:\${Region}:\${AccountId}:${resource}`;
}

/** The placeholders that the place of deployment fills. */
export const homePlaceholders = ["Partition", "Region", "AccountId"] as const;
