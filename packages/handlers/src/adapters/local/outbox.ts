/** Notifications as lines of a file, each key once. */
import { appendFile, mkdir } from "node:fs/promises";
import path from "node:path";
import type { Notifier } from "../../ports.ts";
import { parseStored } from "../../stored-json.ts";
import { readFileIfPresent } from "./atomic-file.ts";

export function localOutbox(folder: string): Notifier {
  const file = path.join(folder, "outbox.jsonl");
  let turn: Promise<unknown> = Promise.resolve();

  async function sendOnce(notification: Parameters<Notifier["notify"]>[0]): Promise<{ sent: boolean }> {
    const lines = Buffer.from((await readFileIfPresent(file)) ?? []).toString("utf8");
    if (lines.split("\n").some((line) => keyOf(line) === notification.key)) return { sent: false };
    await mkdir(folder, { recursive: true });
    // A line that a crash cut short must not swallow this one.
    const separator = lines === "" || lines.endsWith("\n") ? "" : "\n";
    await appendFile(file, `${separator}${JSON.stringify(notification)}\n`);
    return { sent: true };
  }

  return {
    notify: (notification) => {
      const mine = turn.then(() => sendOnce(notification));
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}

function keyOf(line: string): string | undefined {
  try {
    return parseStored<{ readonly key?: string }>(line).key;
  } catch {
    return undefined;
  }
}
