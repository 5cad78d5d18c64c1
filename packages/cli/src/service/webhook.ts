/**
 * Sends status events to a receiver, one after the other and in their order. A receiver that does not answer is asked
 * again, later each time; meanwhile events wait in a queue of bounded length, and executions never wait for it.
 */
import { setTimeout as delay } from "node:timers/promises";
import { counted } from "../diagnostics/reported-diagnostic.ts";

export interface WebhookOptions {
  readonly url: string;
  /** 10,000 when absent; beyond it the oldest are lost. */
  readonly maxQueued?: number;
  /** Told once when the receiver goes down and once when it is back. */
  readonly say: (text: string) => void;
  /** Milliseconds; for tests. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

const firstRetryMs = 500;
const longestRetryMs = 60_000;
const answerTimeoutMs = 10_000;
/** What is left when the service ends is sent for so long. */
const closingMs = 2000;

export class Webhook {
  readonly #options: WebhookOptions;
  readonly #queue: string[] = [];
  readonly #closing = new AbortController();
  readonly #deadline = new AbortController();
  #sending: Promise<void> | undefined;
  #lost = 0;

  constructor(options: WebhookOptions) {
    this.#options = options;
  }

  send(event: unknown): void {
    this.#queue.push(JSON.stringify(event));
    if (this.#queue.length > (this.#options.maxQueued ?? 10_000)) {
      this.#queue.shift();
      this.#lost += 1;
    }
    this.#sending ??= this.#sendAll();
  }

  /** Tries what is left once more, and says how many events never arrived. */
  async close(): Promise<void> {
    this.#closing.abort();
    const timer = setTimeout(() => this.#deadline.abort(), closingMs);
    await this.#sending;
    clearTimeout(timer);
    const left = this.#queue.length + this.#lost;
    if (left > 0) this.#options.say(`${counted(left, "status event")} never reached ${this.#options.url}\n`);
  }

  async #sendAll(): Promise<void> {
    const { say, url, wait = waitUnlessClosing } = this.#options;
    const closing = this.#closing.signal;
    const deadline = this.#deadline.signal;
    let failures = 0;
    for (let text = this.#queue[0]; text !== undefined && !deadline.aborted; text = this.#queue[0]) {
      const problem = await this.#post(text, deadline);
      if (problem?.isPassing === true) {
        if (failures === 0) say(`${url} takes no status events: ${problem.text}; they wait and are sent again\n`);
        if (closing.aborted) break;
        await wait(Math.min(longestRetryMs, firstRetryMs * 2 ** failures), closing);
        failures += 1;
        continue;
      }
      if (problem !== undefined) say(`${url} refused a status event: ${problem.text}\n`);
      else if (failures > 0) say(`${url} takes status events again${this.#lostSince()}\n`);
      failures = 0;
      // The queue may have grown too long meanwhile, and lost this one.
      if (this.#queue[0] === text) this.#queue.shift();
    }
    // In the same turn as the last look at the queue: what comes later begins anew.
    this.#sending = undefined;
  }

  #lostSince(): string {
    const lost = this.#lost;
    this.#lost = 0;
    return lost === 0 ? "" : `; ${lost} were lost`;
  }

  /** @returns what went wrong */
  async #post(body: string, deadline: AbortSignal) {
    try {
      const response = await fetch(this.#options.url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
        signal: AbortSignal.any([deadline, AbortSignal.timeout(answerTimeoutMs)]),
      });
      await response.body?.cancel();
      if (response.ok) return undefined;
      const { status } = response;
      // Whoever finds the event itself wrong will find so again.
      return { text: `HTTP ${status}`, isPassing: status >= 500 || status === 408 || status === 429 };
    } catch (error) {
      const { cause, message } = error as Error;
      return { text: cause instanceof Error ? cause.message : message, isPassing: true };
    }
  }
}

function waitUnlessClosing(ms: number, closing: AbortSignal): Promise<unknown> {
  return delay(ms, undefined, { signal: closing }).catch(() => undefined);
}
