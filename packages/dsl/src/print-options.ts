/** A state's options, in the builder's words, become ASL fields: one entry per option, in a table. */
import type { JsonObject, JsonValue, QueryLanguage } from "@stepwright/asl";
import { nodeOf } from "./expression.ts";
import { printItemBatcher, printItemReader, printResultWriter } from "./print-distributed-map.ts";
import type { PrintOption } from "./print-field.ts";
import { evaluate, literal, literalOrComputed, template } from "./print-field.ts";
import { printPath } from "./print-path.ts";
import type { RetrierOptions } from "./retry.ts";
import { printRetrier } from "./retry.ts";
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

/** What these mean needs the flow or the contract. */
const handledByBuilder: ReadonlySet<string> = new Set(["catch", "resource"]);

const printers: { readonly [option: string]: PrintOption } = {
  comment: literal("Comment"),
  asl: (value) => value as JsonObject,
  // Data flow in JSONPath
  inputPath: (value) => ({ InputPath: printPath(evaluate(value)) }),
  outputPath: (value) => ({ OutputPath: printPath(evaluate(value)) }),
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
  itemReader: (value, language) => ({ ItemReader: printItemReader(value, language) }),
  itemBatcher: (value, language) => ({ ItemBatcher: printItemBatcher(value, language) }),
  resultWriter: (value, language) => ({ ResultWriter: printResultWriter(value, language) }),
  toleratedFailurePercentage: literalOrComputed("ToleratedFailurePercentage"),
  toleratedFailureCount: literalOrComputed("ToleratedFailureCount"),
  label: literal("Label"),
  credentials: (value, language) => ({ Credentials: printCredentials(value, language) }),
  timeoutSeconds: literalOrComputed("TimeoutSeconds"),
  heartbeatSeconds: literalOrComputed("HeartbeatSeconds"),
  seconds: literalOrComputed("Seconds"),
  timestamp: literalOrComputed("Timestamp"),
  error: literalOrComputed("Error"),
  cause: literalOrComputed("Cause"),
  retry: (value) => ({ Retry: (value as readonly RetrierOptions[]).map(printRetrier) }),
};

/** The whole input is what a Map goes through anyway. */
function printItems(value: unknown, language: QueryLanguage): JsonObject {
  const items = evaluate(value);
  const place = nodeOf(items);
  if (place?.kind === "path" && place.root === "input" && place.keys.length === 0) return {};
  return language === "JSONPath" ? { ItemsPath: printPath(items) } : { Items: printTemplate.JSONata(items) };
}

function printCredentials(value: unknown, language: QueryLanguage): JsonValue {
  const { roleArn } = value as { readonly roleArn: unknown };
  return printTemplate[language]({ RoleArn: typeof roleArn === "function" ? evaluate(roleArn) : roleArn });
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
