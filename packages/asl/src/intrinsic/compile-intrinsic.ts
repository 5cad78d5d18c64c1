/** An `IntrinsicCall` as a function of the scope, compiled once. */
import { EvaluationFailure, type Evaluated, type EvaluationScope, type RandomSource } from "../evaluation.ts";
import { ExpressionSyntaxError } from "../expression-syntax-error.ts";
import type { JsonValue } from "../json.ts";
import { printJson } from "../text/json-text.ts";
import { compilePath } from "../path/compile-path.ts";
import { parseFormatTemplate } from "./format-template.ts";
import { fillTemplateOrRefuse, intrinsicFunctions, Refusal } from "./intrinsic-functions.ts";
import type { IntrinsicArgument, IntrinsicCall } from "./intrinsic.ts";
import { parseIntrinsic } from "./parse-intrinsic.ts";

export interface CompiledIntrinsic {
  readonly text: string;
  readonly call: IntrinsicCall;
  /**
   * A path argument that finds nothing is the failure `States.Runtime`, anything else `States.IntrinsicFailure`;
   * both name the outermost call.
   */
  readonly evaluate: (scope: EvaluationScope) => Evaluated;
}

/** Parses and compiles. @returns the syntax error as a value when there is one */
export function compileIntrinsicText(text: string): CompiledIntrinsic | ExpressionSyntaxError {
  const call = parseIntrinsic(text);
  return call instanceof ExpressionSyntaxError ? call : compileIntrinsic(call);
}

export function compileIntrinsic(call: IntrinsicCall): CompiledIntrinsic {
  return { text: call.text, call, evaluate: compileCall(call, call.text) };
}

type Evaluate = (scope: EvaluationScope) => Evaluated;

function compileCall(call: IntrinsicCall, outermost: string): Evaluate {
  const template = literalTemplate(call);
  const values = (template === undefined ? call.arguments : call.arguments.slice(1)).map((argument) =>
    compileArgument(argument, outermost),
  );
  const apply =
    template === undefined
      ? (given: readonly JsonValue[], random: RandomSource) => intrinsicFunctions[call.name].call(given, random)
      : (given: readonly JsonValue[]) => fillTemplateOrRefuse(template, given);
  return (scope) => {
    const given: JsonValue[] = [];
    for (const evaluate of values) {
      const value = evaluate(scope);
      if (value instanceof EvaluationFailure) return value;
      given.push(value);
    }
    const result = apply(given, scope.random);
    return result instanceof Refusal ? failure("States.IntrinsicFailure", outermost, result.message) : result;
  };
}

/** The template of a `States.Format` that stands in the text: it needs no parsing at run time. */
function literalTemplate({ name, arguments: [first] }: IntrinsicCall): readonly string[] | undefined {
  return name === "States.Format" && first?.kind === "literal" && first.escaped !== undefined
    ? parseFormatTemplate(first.escaped)
    : undefined;
}

function compileArgument(argument: IntrinsicArgument, outermost: string): Evaluate {
  switch (argument.kind) {
    case "literal": {
      const { value } = argument;
      return () => value;
    }
    case "call":
      return compileCall(argument, outermost);
    default: {
      const path = compilePath(argument.path);
      return (scope) => {
        const value = path.evaluate(scope);
        if (value !== undefined) return value;
        const searched = printJson(path.document(scope) ?? scope.input);
        const message = `The JsonPath argument for the field '${path.text}' could not be found in the input '${searched}'`;
        return failure("States.Runtime", outermost, message);
      };
    }
  }
}

function failure(error: string, call: string, message: string): EvaluationFailure {
  return new EvaluationFailure(error, `The function '${call}' had the following error: ${message}`);
}
