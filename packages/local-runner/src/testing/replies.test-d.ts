/** What a script may not say of a task. */
import { lambdaReplies, replies } from "./replies.ts";
import type { ScriptedContract } from "./replies.ts";

declare const score: ScriptedContract<{ readonly amount: number }, { readonly risk: number }, "ModelMissing">;

replies(score, { output: { risk: 1 } });
replies(score, [{ error: "States.Timeout" }, { error: "Lambda.ServiceException" }, { unanswered: true }]);
lambdaReplies(score, async (input) => ({ output: { risk: input.amount }, delayMs: 5 }));

// @ts-expect-error the contract's output has a number there
replies(score, { output: { risk: "high" } });
// @ts-expect-error the contract's output has no such member
replies(score, { output: { risk: 1, colour: "red" } });
// @ts-expect-error the contract declares no such error
replies(score, [{ error: "ModelMising" }]);
// @ts-expect-error the contract's input has no such member
replies(score, (input) => ({ output: { risk: input.count } }));
