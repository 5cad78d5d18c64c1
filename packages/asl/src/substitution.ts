/**
 * `${Name}` placeholders, as CloudFormation's and SAM's DefinitionSubstitutions fill them: anywhere in a string,
 * a value, never a key. A name is letters, digits, `_`, `-`, `.` and `:` (`${AWS::Region}`).
 */
import type { StateMachineDefinition } from "./definition.ts";
import { isJsonArray, isJsonObject } from "./json.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import { keepNumberTexts } from "./text/json-text.ts";
import { locationOf, placeIn } from "./place.ts";
import type { Place } from "./place.ts";

export interface Substitution {
  readonly name: string;
  /** Where it is used, as AWS prints locations: `/States/Train/Resource`. */
  readonly location: string;
}

export interface FilledDefinition<Definition = StateMachineDefinition> {
  readonly definition: Definition;
  /** Names without a value, each once, in order of appearance. Their placeholders are left as they are. */
  readonly unfilled: readonly string[];
}

const placeholder = /\$\{([A-Za-z0-9_.:-]+)\}/g;

/** The names of the placeholders in a string. */
function placeholdersIn(text: string): readonly string[] {
  return text.includes("${") ? Array.from(text.matchAll(placeholder), (match) => match[1] as string) : [];
}

/** A string that cannot be judged before its placeholders are filled. */
export function hasPlaceholder(value: JsonValue | undefined): boolean {
  return typeof value === "string" && value.includes("${") && placeholdersIn(value).length > 0;
}

/** A CloudFormation function in the place of a value (`{ "Fn::GetAtt": […] }`, `{ "Ref": … }`), filled at deployment. */
export function isCloudFormationFunction(value: JsonValue): boolean {
  if (!isJsonObject(value)) return false;
  const [key, ...others] = Object.keys(value);
  return key !== undefined && others.length === 0 && (key === "Ref" || key.startsWith("Fn::"));
}

/** Every use of every placeholder, in order of appearance. */
export function substitutionsOf(definition: StateMachineDefinition | JsonValue): readonly Substitution[] {
  const found: Substitution[] = [];
  visit(definition as JsonValue, undefined);
  return found;

  function visit(value: JsonValue, place: Place | undefined): void {
    if (typeof value === "string") {
      for (const name of placeholdersIn(value)) found.push({ name, location: locationOf(place) });
    } else if (isJsonArray(value)) {
      value.forEach((item, index) => visit(item, placeIn(place, index)));
    } else if (isJsonObject(value)) {
      for (const key of Object.keys(value)) visit(value[key] as JsonValue, placeIn(place, key));
    }
  }
}

/**
 * Puts values in the place of placeholders. A value that fills a whole string keeps its type
 * (`"${Timeout}"` with 30 becomes the number 30, as CloudFormation does it); inside a longer string it is printed.
 */
export function fillSubstitutions<Definition extends StateMachineDefinition | JsonValue>(
  definition: Definition,
  values: Readonly<Record<string, string | number | boolean>>,
): FilledDefinition<Definition> {
  const unfilled = new Set<string>();
  return { definition: fill(definition as JsonValue) as Definition, unfilled: [...unfilled] };

  function valueOf(name: string): string | number | boolean | undefined {
    if (Object.hasOwn(values, name)) return values[name];
    unfilled.add(name);
    return undefined;
  }

  function fill(value: JsonValue): JsonValue {
    if (typeof value === "string") return value.includes("${") ? fillText(value) : value;
    if (isJsonArray(value)) return keepNumberTexts(value, value.map(fill));
    if (isJsonObject(value)) return fillObject(value);
    return value;
  }

  function fillObject(object: JsonObject): JsonObject {
    return keepNumberTexts(
      object,
      Object.fromEntries(Object.entries(object).map(([key, member]) => [key, fill(member)])),
    );
  }

  function fillText(text: string): JsonValue {
    const whole = /^\$\{([A-Za-z0-9_.:-]+)\}$/.exec(text)?.[1];
    if (whole !== undefined) return valueOf(whole) ?? text;
    return text.replaceAll(placeholder, (match, name: string) => String(valueOf(name) ?? match));
  }
}
