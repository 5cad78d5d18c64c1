/**
 * Tasks that call a function through `lambda:invoke`, where the builder's `invoke` says the same: with it the contract
 * describes the function, and not the request around it.
 */
import type { JsonValue } from "@stepwright/asl";
import { isJsonObject } from "@stepwright/asl";
import { importResult, readableResultPath } from "./data-flow.ts";
import { expressIntrinsic } from "./express-intrinsic.ts";
import { callback, expressTemplate } from "./expressions.ts";
import type { ImportedContract } from "./imported-contracts.ts";
import { functionArnSubstitutionOf } from "./imported-contracts.ts";
import type { Place } from "./place.ts";
import { scalarPlace } from "./place.ts";
import type { Expressed, Readable } from "./references.ts";
import { expressPath } from "./references.ts";
import type { Flowing, StepInput } from "./step-options.ts";

export interface ImportedInvocation {
  readonly contract: ImportedContract;
  readonly after: Flowing;
}

/** @returns `undefined` when `invoke` would print something else */
export function importInvocation(input: StepInput): ImportedInvocation | undefined {
  const { step, fields, context, options, foreign } = input;
  const waits = fields["Resource"] === "arn:aws:states:::lambda:invoke.waitForTaskToken";
  if (foreign || !(waits || fields["Resource"] === "arn:aws:states:::lambda:invoke")) return undefined;
  const isPath = context.language === "JSONPath";
  const field = isPath ? "Parameters" : "Arguments";
  const request = fields[field];
  const unwraps = isPath ? fields["OutputPath"] === "$.Payload" : fields["Output"] === unwrappedJsonata;
  if (!isJsonObject(request) || fields["InputPath"] !== undefined || !unwrapsAsBuilder(input, waits, unwraps)) {
    return undefined;
  }
  const { FunctionName: functionName, Qualifier: qualifier, Payload: template, "Payload.$": path, ...others } = request;
  if (typeof functionName !== "string" || functionName.startsWith("{%") || Object.keys(others).length > 0)
    return undefined;
  if (qualifier !== undefined && (typeof qualifier !== "string" || qualifier.startsWith("{%"))) return undefined;
  const payload = expressPayload(input, template, path, waits);
  if (payload === undefined) return undefined;

  const contract = context.contracts.contractOfFunction(functionName, step.name);
  const { members, rest } = options;
  if (payload !== "whole") members.push(["payload", callback(payload.code)]);
  contract.inputs.push(payload === "whole" ? undefined : payload.place);
  if (functionName !== functionArnSubstitutionOf(contract))
    members.push(["functionName", JSON.stringify(functionName)]);
  if (qualifier !== undefined) members.push(["qualifier", JSON.stringify(qualifier)]);
  if (waits) members.push(["waitForTaskToken", "true"]);
  rest.delete("Resource");
  rest.delete(field);
  if (unwraps && !waits) {
    rest.delete(isPath ? "OutputPath" : "Output");
    const { Output: _, ...withoutOutput } = fields;
    // Variables are still taken from Lambda's whole answer.
    const { vars } = importResult({ ...input, fields: withoutOutput }, answerOf(contract));
    return { contract, after: { place: contract.output, vars } };
  }
  return { contract, after: importResult(input, waits ? contract.output : answerOf(contract)) };
}

const unwrappedJsonata = "{% $states.result.Payload %}";

/** The builder takes the `Payload` out of the answer wherever nothing else is said of it. */
function unwrapsAsBuilder({ fields, context }: StepInput, waits: boolean, unwraps: boolean): boolean {
  if (waits) return fields["OutputPath"] === undefined;
  if (context.language === "JSONata") return fields["Output"] !== undefined;
  const { ResultSelector: selector, ResultPath: resultPath, OutputPath: outputPath } = fields;
  if (unwraps) return selector === undefined && resultPath === undefined;
  const isShaped = isJsonObject(selector) || (readableResultPath(resultPath) && resultPath !== "$");
  return outputPath === undefined && isShaped;
}

function expressPayload(
  { from, context }: StepInput,
  template: JsonValue | undefined,
  path: JsonValue | undefined,
  hasToken: boolean,
): Expressed | "whole" | undefined {
  const { language, use } = context;
  const readable: Readable = { input: from.place, vars: from.vars, hasToken };
  if (language === "JSONata") {
    if (path !== undefined || template === undefined) return undefined;
    return template === "{% $states.input %}" ? "whole" : expressTemplate(template, language, readable, use);
  }
  if (path === undefined)
    return isJsonObject(template) ? expressTemplate(template, language, readable, use) : undefined;
  if (template !== undefined || typeof path !== "string") return undefined;
  if (path === "$") return "whole";
  return expressPath(path, readable, use) ?? expressIntrinsic(path, readable, use);
}

/** What Lambda answers around what the function returns. */
function answerOf({ output }: ImportedContract): Place {
  return {
    kind: "object",
    members: new Map<string, Place>([
      ["Payload", output],
      ["StatusCode", scalarPlace("number")],
      ["ExecutedVersion", scalarPlace("string")],
    ]),
  };
}
