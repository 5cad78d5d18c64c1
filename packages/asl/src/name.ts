/**
 * The names of machines, executions, activities and Map labels: which characters they may hold.
 * See https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html.
 */
import { limits } from "./limits.ts";

// White space, brackets, wildcards, special characters, control characters, what Unicode leaves unassigned or pairs up.
const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}\uFFFE\uFFFF]/u;

/** The first character that a machine's, execution's or activity's name may not hold. */
export function forbiddenCharacterIn(name: string): string | undefined {
  return forbidden.exec(name)?.[0];
}

/** What a machine's, execution's or activity's name must be, for messages. */
export const nameWanted =
  '1 to 80 characters, none of them white space or one of < > { } [ ] ? * " # % \\ ^ | ~ ` $ & , ; : /';

/** Whether a machine, an execution or an activity may have this name: 1 to 80 allowed characters. */
export function isValidName(name: string): boolean {
  return (
    name.length > 0 &&
    characterCount(name) <= limits.stateNameCharacters.value &&
    forbiddenCharacterIn(name) === undefined
  );
}

/** Unicode characters, as the service counts them; a pair of surrogates is one. */
export function characterCount(text: string): number {
  return Array.from(text).length;
}

/** Not digits only, so that an alias never looks like a version. */
export function isValidAliasName(name: string): boolean {
  return /^(?=.*[a-zA-Z_\-.])[a-zA-Z0-9_\-.]{1,80}$/.test(name);
}

// A Map's label forms part of an ARN, but unlike a name it may hold a slash, as the service's own check has it.
const forbiddenInLabel = /[\s?*<>{}[\]:;,\\|^~$#%&`"\p{Cc}]/u;

/** The first character that a Map's `Label` may not hold. */
export function forbiddenLabelCharacterIn(label: string): string | undefined {
  return forbiddenInLabel.exec(label)?.[0];
}
