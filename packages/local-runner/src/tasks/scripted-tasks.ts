/** Replies laid down by state name, for tests and for trying a machine without its handlers. Plain JSON works too. */
import type { JsonValue } from "@stepwright/asl";
import { MissingTaskError } from "./missing-task-error.ts";
import type { TaskInvoker, TaskReply, TaskRequest } from "./task-invoker.ts";
import { timesAsked } from "./times-asked.ts";

/**
 * One reply for every time; a list for the first time, the second time, … that the state asks in the same
 * iteration, retries included; or a function of the input.
 */
export type TaskScript = Readonly<Record<string, ScriptedReply | readonly ScriptedReply[] | ScriptedFunction>>;

export type ScriptedFunction = (
  // `any`: the input's type is known to whoever writes the script.
  // oxlint-disable-next-line typescript/no-explicit-any
  input: any,
  request: TaskRequest,
) => ScriptedReply | Promise<ScriptedReply>;

export type ScriptedReply =
  | { readonly output: JsonValue; readonly delayMs?: number; readonly submittedOutput?: JsonValue }
  | { readonly error: string; readonly cause?: string; readonly delayMs?: number }
  /** Nobody ever answers: for timeouts and heartbeats. */
  | { readonly unanswered: true };

/**
 * @param script by state name
 * @param otherwise answers the states that the script does not name
 * @throws MissingTaskError (from `invoke`) when a state has no reply left
 * @example scriptedTasks({ Train: [{ error: "Busy" }, { output: { auc: 0.9 } }] })
 */
export function scriptedTasks(script: TaskScript, otherwise?: TaskInvoker): TaskInvoker {
  const timesBefore = timesAsked();
  return {
    invoke(request) {
      const { stateName } = request;
      const scripted = Object.hasOwn(script, stateName) ? script[stateName] : undefined;
      if (scripted === undefined) {
        if (otherwise !== undefined) return otherwise.invoke(request);
        throw new MissingTaskError(request, Object.keys(script), `{ ${JSON.stringify(stateName)}: { output: … } }.`);
      }
      if (typeof scripted === "function") {
        const reply = scripted(request.input, request);
        return reply instanceof Promise ? reply.then(toReply) : toReply(reply);
      }
      if (!isReplyList(scripted)) return toReply(scripted);
      const times = timesBefore(request);
      const reply = scripted[times];
      if (reply === undefined) {
        const give = `its script has ${scripted.length} replies, and this is time ${times + 1}.`;
        throw new MissingTaskError(request, Object.keys(script), give);
      }
      return toReply(reply);
    },
  };
}

export function isReplyList(scripted: ScriptedReply | readonly ScriptedReply[]): scripted is readonly ScriptedReply[] {
  return Array.isArray(scripted);
}

function toReply(reply: ScriptedReply): TaskReply {
  if ("output" in reply) return { status: "succeeded", ...reply };
  if ("error" in reply) return { status: "failed", ...reply };
  return { status: "unanswered" };
}
