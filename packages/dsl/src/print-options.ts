/** A state's options, in the builder's words, become ASL fields: one entry per option, in a table. */
import type { JsonObject, JsonValue, QueryLanguage } from "@stepwright/asl";
import { nodeOf } from "./expression.ts";
import { printPath } from "./print-path.ts";
import type { RetrierOptions } from "./retry.ts";
import { printRetrier } from "./retry.ts";
import { scope } from "./scope.ts";
import { printTemplate } from "./template.ts";

/** Options as every builder method passes them on; the flow types say which state takes which. */
export type Options = { readonly [option: string]: unknown };

/** @throws TypeError for an option that does not exist, or a value that the query language cannot say */
export function printOptions(options: Options, language: QueryLanguage): JsonObject {
  const fields: Record<string, JsonValue> = {};
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined || handledByBuilder.has(option)) continue;
    const print = Object.hasOwn(printers, option) ? printers[option] : undefined;
    if (print === undefined) {
      throw new TypeError(`found the option "${option}", wanted one of ${Object.keys(printers).join(", ")}`);
    }
    Object.assign(fields, print(value, language));
  }
  return fields;
}

/** What `catch` and `resource` mean needs the flow or the contract. */
const handledByBuilder: ReadonlySet<string> = new Set(["catch", "resource"]);

type PrintOption = (value: unknown, language: QueryLanguage) => JsonObject;

const printers: { readonly [option: string]: PrintOption } = {
  comment: literal("Comment"),
  asl: (value) => value as JsonObject,
  // Data flow in JSONPath
  parameters: (value) => printParameters(evaluate(value)),
  resultSelector: (value) => ({ ResultSelector: objectTemplate("resultSelector", evaluate(value)) }),
  resultPath: literal("ResultPath"),
  result: literal("Result"),
  // Data flow in JSONata
  arguments: template("Arguments"),
  output: template("Output"),
  // In both
  assign: template("Assign"),
  items: printItems,
  itemSelector: (value, language) =>
    language === "JSONPath"
      ? { ItemSelector: objectTemplate("itemSelector", evaluate(value)) }
      : template("ItemSelector")(value, language),
  maxConcurrency: literalOrComputed("MaxConcurrency"),
  timeoutSeconds: literalOrComputed("TimeoutSeconds"),
  heartbeatSeconds: literalOrComputed("HeartbeatSeconds"),
  seconds: literalOrComputed("Seconds"),
  timestamp: literalOrComputed("Timestamp"),
  error: literalOrComputed("Error"),
  cause: literalOrComputed("Cause"),
  retry: (value) => ({ Retry: (value as readonly RetrierOptions[]).map(printRetrier) }),
};

function literal(field: string): PrintOption {
  return (value) => ({ [field]: value as JsonValue });
}

function template(field: string): PrintOption {
  return (value, language) => ({ [field]: printTemplate[language](evaluate(value)) });
}

/** In JSONPath a computed value has the field's `…Path` form. */
function literalOrComputed(field: string): PrintOption {
  return (value, language) => {
    if (typeof value !== "function") return { [field]: value as JsonValue };
    const computed = evaluate(value);
    return language === "JSONPath"
      ? { [`${field}Path`]: printPath(computed) }
      : { [field]: printTemplate.JSONata(computed) };
  };
}

/** The whole input is what a Map goes through anyway. */
function printItems(value: unknown, language: QueryLanguage): JsonObject {
  const items = evaluate(value);
  const place = nodeOf(items);
  if (place?.kind === "path" && place.root === "input" && place.keys.length === 0) return {};
  return language === "JSONPath" ? { ItemsPath: printPath(items) } : { Items: printTemplate.JSONata(items) };
}

function evaluate(callback: unknown): unknown {
  return (callback as (from: typeof scope) => unknown)(scope);
}

/** `Parameters` must be an object: a place as a whole is an `InputPath`, and any other literal a Pass's `Result`. */
function printParameters(value: unknown): JsonObject {
  if (nodeOf(value)?.kind === "path") return { InputPath: printPath(value) };
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return { Parameters: objectTemplate("parameters", value) };
  }
  return { Result: printTemplate.JSONPath(value) };
}

function objectTemplate(option: string, value: unknown): JsonValue {
  if (nodeOf(value) === undefined) return printTemplate.JSONPath(value);
  throw new TypeError(
    `found the expression ${printPath(value)} as the whole of "${option}", wanted an object: JSONPath templates are objects`,
  );
}
