/** What the callbacks of a state can refer to. AWS decides which of these a field may read; the types say so. */
import type { ExecutionContext } from "./context.ts";
import type { Reference } from "./reference.ts";
import { createReference } from "./reference.ts";

export interface Scope<Variables, Context = ExecutionContext> {
  readonly vars: { readonly [Name in keyof Variables]: Reference<Variables[Name], `vars.${Extract<Name, string>}`> };
  readonly context: Reference<Context, "context">;
}

/** Fields that read what came into the state. */
export interface InputScope<Data, Variables, Context = ExecutionContext> extends Scope<Variables, Context> {
  readonly input: Reference<Data, "input">;
}

/** Fields that read what the work gave. */
export interface ResultScope<Result, Variables> extends Scope<Variables> {
  readonly result: Reference<Result, "result">;
}

/** A JSONPath field that reads what goes on. */
export interface OutputScope<Output, Variables> extends Scope<Variables> {
  readonly output: Reference<Output, "output">;
}

/** JSONata fields that read both. */
export interface InputResultScope<Data, Result, Variables> extends InputScope<Data, Variables> {
  readonly result: Reference<Result, "result">;
}

/** Fields of a JSONPath Catcher. */
export interface ErrorScope<Variables> extends Scope<Variables> {
  readonly errorOutput: Reference<ErrorOutput, "errorOutput">;
}

/** Fields of a JSONata Catcher. */
export interface InputErrorScope<Data, Variables> extends InputScope<Data, Variables> {
  readonly errorOutput: Reference<ErrorOutput, "errorOutput">;
}

/** What a Catcher receives. */
export interface ErrorOutput {
  readonly Error: string;
  readonly Cause: string;
}

/** One object serves every scope: the types decide which of its members a callback may see. */
export const scope = Object.freeze({
  input: createReference("input"),
  result: createReference("result"),
  output: createReference("output"),
  errorOutput: createReference("errorOutput"),
  context: createReference("context"),
  vars: new Proxy(Object.freeze({}), {
    get: (_target, name) => (typeof name === "symbol" ? undefined : createReference({ variable: name })),
  }),
});
