/**
 * Payload templates of JSONPath states: JSON in which a key that ends in `.$` holds a path or an intrinsic function call.
 * See ASL specification, "Payload Template".
 */
import { EvaluationFailure, type Evaluated, type EvaluationScope } from "../evaluation.ts";
import { ExpressionSyntaxError } from "../expression-syntax-error.ts";
import { compileIntrinsicText } from "../intrinsic/compile-intrinsic.ts";
import { isJsonArray, isJsonObject, type JsonArray, type JsonObject, type JsonValue } from "../json.ts";
import { keepNumberTexts, numberTextOf, printJson, rememberNumberText } from "../text/json-text.ts";
import { compilePathText } from "../path/compile-path.ts";
import { setMember } from "../set-member.ts";

export interface CompiledTemplate {
  /** Nothing in it is evaluated: `evaluate` gives the same frozen value every time. */
  readonly constant: boolean;
  readonly evaluate: (scope: EvaluationScope) => Evaluated;
}

/**
 * A `.$` key whose value is no path and no call, or that gives a name twice.
 * Its message is the service's: `The value for the field 'k.$' must be a valid JSONPath or …`.
 */
export class TemplateError {
  readonly message: string;
  /** Member names and indices from the template's root to the key. */
  readonly place: readonly (string | number)[];
  /** What is wrong with the text, where it is a syntax error. */
  readonly reason: ExpressionSyntaxError | undefined;

  constructor(message: string, place: readonly (string | number)[], reason?: ExpressionSyntaxError) {
    this.message = message;
    this.place = place;
    this.reason = reason;
  }
}

/** How deep a template may nest; deeper than the service reads JSON at all. */
export const maxTemplateDepth = 1000;

/** @returns the first mistake as a value when there is one; never throws */
export function compileTemplate(template: JsonValue): CompiledTemplate | TemplateError {
  const errors: TemplateError[] = [];
  const node = compileNode(template, [], errors);
  return errors[0] ?? { constant: node.constant !== undefined, evaluate: node.evaluate };
}

/** The path or call of one field, as a `.$` member of a template or `ErrorPath` has it. */
export interface CompiledTemplateValue {
  readonly evaluate: (scope: EvaluationScope) => Evaluated;
  /** The exact text of the number that `evaluate` gave, where it is not JavaScript's own. */
  readonly numberText?: (scope: EvaluationScope) => string | undefined;
}

/** @param field as the failure's text names it: `value.$`, `ErrorPath` */
export function compileTemplateValue(text: string, field: string): CompiledTemplateValue | ExpressionSyntaxError {
  if (!text.startsWith("$")) return compileIntrinsicText(text);
  const path = compilePathText(text);
  if (path instanceof ExpressionSyntaxError) return path;
  return {
    evaluate(scope) {
      const value = path.evaluate(scope);
      if (value !== undefined) return value;
      if (path.endsOutsideList(scope)) return null;
      const searched = printJson(path.document(scope) ?? scope.input);
      return new EvaluationFailure(
        "States.Runtime",
        `The JSONPath '${text}' specified for the field '${field}' could not be found in the input '${searched}'`,
      );
    },
    numberText: path.numberText,
  };
}

interface Node extends CompiledTemplateValue {
  /** The value of a node without anything to evaluate, frozen. */
  readonly constant: JsonValue | undefined;
}

function constantNode(value: JsonValue): Node {
  const constant = typeof value === "object" && value !== null ? Object.freeze(value) : value;
  return { constant, evaluate: () => constant };
}

function compileNode(template: JsonValue, place: readonly (string | number)[], errors: TemplateError[]): Node {
  if (place.length > maxTemplateDepth) {
    errors.push(
      new TemplateError(`found a template deeper than ${maxTemplateDepth} levels, wanted a flatter one`, place),
    );
    return constantNode(null);
  }
  if (isJsonArray(template)) return compileList(template, place, errors);
  return isJsonObject(template) ? compileMembers(template, place, errors) : constantNode(template);
}

function compileList(template: JsonArray, place: readonly (string | number)[], errors: TemplateError[]): Node {
  const items = template.map((item, index) => compileNode(item, [...place, index], errors));
  // The template's own value is left as it is: somebody else may own it.
  if (items.every((item) => item.constant !== undefined)) {
    const copy = items.map((item) => item.constant!);
    return constantNode(keepNumberTexts(template, copy));
  }
  return {
    constant: undefined,
    evaluate(scope) {
      const list: JsonValue[] = [];
      for (const item of items) {
        const value = item.evaluate(scope);
        if (value instanceof EvaluationFailure) return value;
        list.push(value);
      }
      return keepNumberTexts(template, list);
    },
  };
}

function compileMembers(template: JsonObject, place: readonly (string | number)[], errors: TemplateError[]): Node {
  const members = Object.entries(template).map(([key, value]) => {
    const here = [...place, key];
    if (!key.endsWith(".$")) return { key, node: compileNode(value, here, errors) };
    const compiled = typeof value === "string" ? compileTemplateValue(value, key) : undefined;
    if (compiled !== undefined && !(compiled instanceof ExpressionSyntaxError)) {
      return { key: key.slice(0, -2), node: { constant: undefined, ...compiled } };
    }
    const message = `The value for the field '${key}' must be a valid JSONPath or a valid intrinsic function call`;
    errors.push(new TemplateError(message, here, compiled));
    return { key, node: constantNode(null) };
  });
  const keys = new Set<string>();
  for (const { key } of members) {
    if (keys.has(key)) {
      errors.push(new TemplateError(`found '${key}' and '${key}.$', wanted one of them`, [...place, key]));
    }
    keys.add(key);
  }
  if (members.every(({ node }) => node.constant !== undefined)) {
    const copy = Object.fromEntries(members.map(({ key, node }) => [key, node.constant!]));
    return constantNode(keepNumberTexts(template, copy));
  }
  const hasNumberTexts = Object.keys(template).some((key) => numberTextOf(template, key) !== undefined);
  return {
    constant: undefined,
    evaluate(scope) {
      const object: Record<string, JsonValue> = {};
      for (const { key, node } of members) {
        const value = node.evaluate(scope);
        if (value instanceof EvaluationFailure) return value;
        setMember(object, key, value);
        if (typeof value === "number" && node.numberText !== undefined) {
          const text = node.numberText(scope);
          if (text !== undefined) rememberNumberText(object, key, text);
        }
      }
      return hasNumberTexts ? keepNumberTexts(template, object) : object;
    },
  };
}
