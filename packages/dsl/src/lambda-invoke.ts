/**
 * Lambda through its service integration, `lambda:invoke`, which wraps what is sent and what comes back.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
 */
import type { JsonObject, QueryLanguage } from "@stepwright/asl";
import type { Options } from "./print-options.ts";
import { evaluate } from "./print-field.ts";
import { scope } from "./scope.ts";
import type { AnyTaskContract } from "./task.ts";
import { functionArnSubstitution } from "./task.ts";
import { printTemplate } from "./template.ts";

/** Lambda's answer; `Payload` is what the function returned. */
export interface LambdaAnswer<Payload> {
  Payload: Payload;
  StatusCode: number;
  /** `$LATEST` or a number. */
  ExecutedVersion: string;
}

/** With a token the result is what was sent with it, and Lambda's answer is dropped. */
export type InvokeResult<Waiting, Output> = Waiting extends true ? Output : LambdaAnswer<Output>;

/** The state's own fields, and the options that every state prints alike. */
interface Invocation {
  readonly fields: JsonObject;
  readonly remaining: Options;
}

/** @internal */
export function printInvoke(contract: AnyTaskContract, options: Options, language: QueryLanguage): Invocation {
  const { payload, functionName, qualifier, waitForTaskToken, ...remaining } = options;
  const request = printTemplate[language]({
    FunctionName: functionName ?? `\${${functionArnSubstitution(contract)}}`,
    Qualifier: qualifier,
    Payload: payload === undefined ? scope.input : evaluate(payload),
  });
  const fields: JsonObject = {
    Resource: `arn:aws:states:::lambda:invoke${waitForTaskToken === true ? ".waitForTaskToken" : ""}`,
    [language === "JSONPath" ? "Parameters" : "Arguments"]: request,
  };
  return { fields: { ...fields, ...(waitForTaskToken === true ? {} : unwrap[language](options)) }, remaining };
}

/** The fields that make `Payload` the state's output, where the author says nothing of it. */
const unwrap: Record<QueryLanguage, (options: Options) => JsonObject> = {
  JSONPath: ({ resultSelector, resultPath = "$" }) =>
    resultSelector === undefined && resultPath === "$" ? { OutputPath: "$.Payload" } : {},
  JSONata: ({ output }) => (output === undefined ? { Output: "{% $states.result.Payload %}" } : {}),
};
