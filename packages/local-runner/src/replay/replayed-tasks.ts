/** Tasks answered as recorded histories say that they were. */
import { printJson } from "@stepwright/asl";
import type { MapIterationStep } from "../history/execution-path.ts";
import type { HistoryEvent } from "../history/history-event.ts";
import { MissingTaskError } from "../tasks/missing-task-error.ts";
import type { TaskInvoker, TaskRequest } from "../tasks/task-invoker.ts";
import { epochMsOf, recordedReplies, replyKey } from "./recorded-replies.ts";
import type { RecordedReplies, RecordedReply } from "./recorded-replies.ts";

/**
 * @param childHistories of the children of Distributed Maps, in any order
 * @throws MissingTaskError (from `invoke`) for a task that no history shows to have been answered
 */
export function replayedTasks(
  history: readonly HistoryEvent[],
  childHistories: readonly (readonly HistoryEvent[])[] = [],
): TaskInvoker {
  const replies = recordedReplies(history);
  const children = childReplies(childHistories);
  return {
    invoke(request) {
      const isChild = childArn.test(request.executionArn);
      const recorded = isChild ? children(request) : replies.get(keyOf(request))?.shift();
      if (recorded !== undefined) return recorded.wasAtOnce ? recorded.reply : Promise.resolve(recorded.reply);
      const give = isChild
        ? "the history of a child execution in which it was answered once more."
        : "a history in which it was answered once more.";
      throw new MissingTaskError(request, [], give);
    },
  };
}

/** The machine of a Distributed Map's children has the Map's label behind its name. */
const childArn = /:(?:execution|express):[^:/]+\//;

function keyOf({ path, stateName }: TaskRequest): string {
  return replyKey(
    stateName,
    path.filter((step): step is MapIterationStep => "map" in step),
  );
}

function startOf([started]: readonly HistoryEvent[]): number {
  return started === undefined ? 0 : epochMsOf(started);
}

type AnswerChild = (request: TaskRequest) => RecordedReply | undefined;

/**
 * Names of children differ from run to run: a child gets the earliest history left in which the task that it asks for
 * first was given the same input.
 */
function childReplies(histories: readonly (readonly HistoryEvent[])[]): AnswerChild {
  const left = new Map<string, RecordedReplies[]>();
  for (const history of histories.toSorted((one, other) => startOf(one) - startOf(other))) {
    const replies = recordedReplies(history);
    for (const [key, [first]] of replies) {
      const place = `${key} ${first!.input}`;
      left.set(place, [...(left.get(place) ?? []), replies]);
    }
  }
  const taken = new Set<RecordedReplies>();
  const ofExecution = new Map<string, RecordedReplies>();
  return (request) => {
    const { executionArn, input } = request;
    const key = keyOf(request);
    let replies = ofExecution.get(executionArn);
    if (replies === undefined) {
      replies = left.get(`${key} ${printJson(input)}`)?.find((candidate) => !taken.has(candidate));
      if (replies === undefined) return undefined;
      taken.add(replies);
      ofExecution.set(executionArn, replies);
    }
    return replies.get(key)?.shift();
  };
}
