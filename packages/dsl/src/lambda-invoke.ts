/**
 * Lambda through its service integration, `lambda:invoke`, which wraps what is sent and what comes back.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
 */
import type { JsonObject, QueryLanguage } from "@stepwright/asl";
import type { ExecutionContext, TokenContext } from "./context.ts";
import type { FittingTemplate } from "./fit.ts";
import type { Options } from "./print-options.ts";
import { evaluate } from "./print-field.ts";
import { scope } from "./scope.ts";
import type { InputScope } from "./scope.ts";
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

export interface InvokeOptions<Data, Variables, Input, Payload, Waiting, Language extends QueryLanguage> {
  /** What the function is sent, in place of the whole input. */
  readonly payload?: (
    scope: InputScope<Data, Variables, Waiting extends true ? TokenContext : ExecutionContext>,
  ) => FittingTemplate<Payload, Input, Language>;
  /** A function that is not ours: its name, its ARN or a substitution. No handler is generated for it. */
  readonly functionName?: string;
  /** A version or an alias of the function. */
  readonly qualifier?: string;
  /**
   * Wait until somebody sends the task's result with the token that the payload carries; the contract's output is
   * then what they send.
   */
  readonly waitForTaskToken?: Waiting;
}

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
