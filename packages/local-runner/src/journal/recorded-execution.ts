/**
 * An execution that writes down what it is told before it acts on it, and that goes on where it stopped.
 *
 * What always holds:
 * - An event is in the journal before the interpreter has seen it.
 * - Told the same events again, the interpreter comes to the same state: its only other input, random numbers, is
 *   set to the same place of the same sequence before each event.
 * - After that, only the commands that nobody has answered are given out: a recorded reply is never asked for again.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { ExecutionEvent } from "../history/execution-event.ts";
import type { Command, InterpreterEvent } from "../interpreter/event.ts";
import { Execution } from "../interpreter/execution.ts";
import type { ExecutionOps, ExecutionSettings } from "../interpreter/thread.ts";
import type { ToldEvent } from "./journal.ts";
import type { KeyedRandom } from "./keyed-random.ts";

export interface Recording {
  readonly random: KeyedRandom;
  /** Signs task tokens. */
  readonly key: string;
  /** What it was told before this process began. */
  readonly past: readonly ToldEvent[];
  readonly append: (told: ToldEvent) => void;
  readonly onToken: (taskToken: string, isOpen: boolean) => void;
  /** Of a Map Run's child: each event that no earlier process recorded. */
  readonly onChildEvent: (child: ExecutionOps, event: ExecutionEvent) => void;
}

export class RecordedExecution extends Execution {
  readonly #recording: Recording;
  #past: readonly ToldEvent[] | undefined;
  #isTellingPast = false;
  /** Events that an earlier process recorded. */
  eventsBefore = 0;
  /** Tasks that wait for a worker: they begin when one comes, not when they are offered. */
  readonly #offered = new Set<number>();

  constructor(settings: Omit<ExecutionSettings, "random">, recording: Recording) {
    super({ ...settings, random: recording.random });
    this.#recording = recording;
    this.#past = recording.past.length === 0 ? undefined : recording.past;
  }

  override apply(given: InterpreterEvent, nowEpochMs: number): readonly Command[] {
    if (given.type === "started" && this.#past !== undefined) return this.#tellPast(this.#past);
    const event = this.#isOffer(given) ? ({ type: "taskOffered", taskId: given.taskId } as const) : given;
    if (this.outcome === undefined || event.type === "redriven") {
      this.#recording.append({ event, atEpochMs: nowEpochMs, randomDraws: this.#recording.random.draws });
    }
    return this.#tell(event, nowEpochMs);
  }

  #isOffer(event: InterpreterEvent): event is Extract<InterpreterEvent, { type: "taskStarted" }> {
    return event.type === "taskStarted" && this.#offered.has(event.taskId);
  }

  /** @returns what nobody has answered yet */
  #tellPast(past: readonly ToldEvent[]): readonly Command[] {
    this.#past = undefined;
    this.#isTellingPast = true;
    const open = new Map<string, Command[]>();
    for (const [index, { atEpochMs, event, randomDraws }] of past.entries()) {
      this.#recording.random.draws = randomDraws;
      // What was open at the end before is not wanted any more.
      if (event.type === "redriven") open.clear();
      const answered = answerOf(event);
      if (answered !== undefined) open.delete(answered);
      for (const [place, command] of this.#tell(event, atEpochMs).entries()) {
        const withdrawn = withdrawnBy(command);
        if (withdrawn !== undefined) {
          open.delete(withdrawn);
          continue;
        }
        const question = questionOf(command) ?? `${index}.${place}`;
        const asked = open.get(question);
        if (asked === undefined) open.set(question, [command]);
        else asked.push(command);
      }
    }
    this.#isTellingPast = false;
    this.eventsBefore = this.events.length;
    return [...open.values()].flat();
  }

  #tell(event: InterpreterEvent, nowEpochMs: number): readonly Command[] {
    const commands = super.apply(event, nowEpochMs);
    for (const command of commands) {
      if (command.type !== "invokeTask") continue;
      const { target, taskToken } = command.task;
      if (target.kind === "activity") this.#offered.add(command.taskId);
      if (taskToken !== undefined) this.#recording.onToken(taskToken, true);
    }
    return commands;
  }

  protected override sealToken(token: string): string {
    return `${token}.${signatureOf(token, this.#recording.key)}`;
  }

  protected override childRecorded(child: ExecutionOps, event: ExecutionEvent): void {
    if (!this.#isTellingPast) this.#recording.onChildEvent(child, event);
  }

  protected override taskEnded(taskId: number, taskToken: string | undefined): void {
    this.#offered.delete(taskId);
    if (taskToken !== undefined) this.#recording.onToken(taskToken, false);
  }
}

function signatureOf(token: string, key: string): string {
  return createHmac("sha256", key).update(token).digest("base64url");
}

/** Whether a token was given out here, however long ago. */
export function isOwnToken(taskToken: string, key: string): boolean {
  const [token = "", signature = ""] = taskToken.split(".");
  const wanted = Buffer.from(signatureOf(token, key));
  const found = Buffer.from(signature);
  // How long the comparison takes must not tell how much is right.
  return found.length === wanted.length && timingSafeEqual(found, wanted);
}

function questionOf(command: Command): string | undefined {
  switch (command.type) {
    case "invokeTask":
      return `task ${command.taskId}`;
    case "wakeAt":
      return `timer ${command.timerId}`;
    case "evaluate":
      return `evaluation ${command.evaluationId}`;
    case "readItems":
      return `read ${command.readId}`;
    // Asked in parts, answered once.
    case "writeResults":
      return `write ${command.writeId}`;
    default:
      return undefined;
  }
}

function answerOf(event: InterpreterEvent): string | undefined {
  switch (event.type) {
    case "taskReplied":
      return `task ${event.taskId}`;
    case "timerFired":
      return `timer ${event.timerId}`;
    case "evaluated":
      return `evaluation ${event.evaluationId}`;
    case "itemsRead":
      return `read ${event.readId}`;
    case "resultsWritten":
      return `write ${event.writeId}`;
    default:
      return undefined;
  }
}

function withdrawnBy(command: Command): string | undefined {
  if (command.type === "cancelTask") return `task ${command.taskId}`;
  if (command.type === "cancelTimer") return `timer ${command.timerId}`;
  if (command.type === "closeItems") return `read ${command.readId}`;
  return undefined;
}
