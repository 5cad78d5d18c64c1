/** Which workflow variables are in scope, as types. */
import type { Absent } from "./state-options.ts";
import type { Resolved } from "./template.ts";

/** The variables behind a state that assigns `Assigned`. */
export type AfterAssign<Variables, Assigned> = Assigned extends Absent
  ? Variables
  : keyof Assigned & keyof Variables extends never
    ? Variables & Resolved<NoInfer<Assigned>>
    : Omit<Variables, keyof Assigned> & Resolved<NoInfer<Assigned>>;

/** The variables that every one of several ways has assigned; `Ways` is the union of what each leaves in scope. */
export type AssignedOnEveryWay<Ways> = [Ways] extends [never]
  ? never
  : { [Name in Extract<keyof Ways, string>]: Ways[Name] };
