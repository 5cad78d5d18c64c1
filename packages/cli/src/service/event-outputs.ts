/** Where logs and status events go: files of JSON lines, and receivers. */
import { createWriteStream } from "node:fs";
import { resolve } from "node:path";
import type { Terminal } from "../terminal.ts";
import { Webhook } from "./webhook.ts";

export interface Output {
  /** What is `undefined` is left out. */
  readonly send: (value: unknown) => void;
  readonly close: () => Promise<void>;
}

/** @param place  a file, which is appended to, or a URL */
export function openOutput(place: string, terminal: Terminal): Output {
  return /^https?:\/\//.test(place) ? openReceiver(place, terminal) : openLines(place, terminal);
}

function openReceiver(url: string, terminal: Terminal): Output {
  const webhook = new Webhook({ url, say: (text) => terminal.err(text) });
  return {
    send(value) {
      if (value !== undefined) webhook.send(value);
    },
    close: () => webhook.close(),
  };
}

function openLines(path: string, terminal: Terminal): Output {
  const stream = createWriteStream(resolve(terminal.cwd, path), { flags: "a" });
  stream.on("error", (error) => terminal.err(`Cannot write ${path}: ${error.message}\n`));
  return {
    send(value) {
      if (value !== undefined) stream.write(`${JSON.stringify(value)}\n`);
    },
    close: () => new Promise((closed) => void stream.end(closed)),
  };
}
