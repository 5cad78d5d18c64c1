/** Replies that the compiler compares with the contract of the task they stand for. */
import { lambdaEnvelope } from "../tasks/lambda-envelope.ts";
import { isReplyList } from "../tasks/scripted-tasks.ts";
import type { ScriptedFunction, ScriptedReply } from "../tasks/scripted-tasks.ts";
import type { TaskRequest } from "../tasks/task-invoker.ts";

/** What a script needs of a task contract: `defineTask` of `@stepwright/dsl` gives one. */
export interface ScriptedContract<Input, Output, ErrorName extends string> {
  readonly errors: readonly ErrorName[];
  /** Types only; never present. */
  readonly wire?: { readonly input: (input: Input) => void; readonly output: Output };
}

/** `ErrorName` is one that the contract declares; what AWS itself reports may come from every task. */
export type ContractReply<Output, ErrorName extends string> =
  | { readonly output: Output; readonly delayMs?: number }
  | {
      readonly error: ErrorName | `States.${string}` | `Lambda.${string}`;
      readonly cause?: string;
      readonly delayMs?: number;
    }
  | { readonly unanswered: true };

type ContractReplies<Input, Output, ErrorName extends string> =
  | ContractReply<Output, ErrorName>
  | readonly ContractReply<Output, ErrorName>[]
  | ((
      input: Input,
      request: TaskRequest,
    ) => ContractReply<Output, ErrorName> | Promise<ContractReply<Output, ErrorName>>);

type Scripted = ScriptedReply | readonly ScriptedReply[] | ScriptedFunction;

/**
 * For a state that invokes its task directly: one reply for every time, a list for the first time, the second time, …,
 * or a function of the input.
 *
 * @example runScripted(definition, { script: { Train: replies(train, [{ error: "Busy" }, { output: { auc: 0.9 } }]) } })
 */
export function replies<Input, Output, ErrorName extends string>(
  _contract: ScriptedContract<Input, Output, ErrorName>,
  scripted: ContractReplies<NoInfer<Input>, NoInfer<Output>, NoInfer<ErrorName>>,
): Scripted {
  // The wire types of a contract are JSON; the compiler cannot see that of a type parameter.
  return scripted as Scripted;
}

/**
 * The same for a state that invokes its task through `lambda:invoke`: the input is the call's `Payload`, the output is
 * put into Lambda's envelope.
 */
export function lambdaReplies<Input, Output, ErrorName extends string>(
  contract: ScriptedContract<Input, Output, ErrorName>,
  scripted: ContractReplies<NoInfer<Input>, NoInfer<Output>, NoInfer<ErrorName>>,
): Scripted {
  const plain = replies<Input, Output, ErrorName>(contract, scripted);
  if (typeof plain !== "function") return isReplyList(plain) ? plain.map(enveloped) : enveloped(plain);
  return async (call: { readonly Payload: Input }, request) => enveloped(await plain(call.Payload, request));
}

function enveloped(reply: ScriptedReply): ScriptedReply {
  return "output" in reply ? { ...reply, output: lambdaEnvelope(reply.output) } : reply;
}
