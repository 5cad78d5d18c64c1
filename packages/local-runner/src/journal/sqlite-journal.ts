/**
 * The journal in one SQLite file, in write-ahead mode: what is appended in one turn of the event loop is one
 * transaction, so that the file is readable after any end of the process, and holds everything up to the last turn that
 * was written whole. Nothing is answered before it is written.
 *
 * With `powerLoss`, a turn is on the disk before the call is answered. Without it (the default) it is with the
 * operating system: it survives the process, and a loss of power may take the last moments.
 */
import { randomBytes } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import type { StatementSync } from "node:sqlite";
import { EvaluationFailure, isJsonObject, parseJson, printJson } from "@stepwright/asl";
import type { JsonObject, JsonValue } from "@stepwright/asl";
import type { InterpreterEvent } from "../interpreter/event.ts";
import { JournalError } from "./journal.ts";
import type { Journal, JournalEntry, RecordedCall, RecordedEnd, ToldEvent } from "./journal.ts";

export interface SqliteJournalOptions {
  /** Wait for the disk at each turn: survives the loss of power, at a price of some milliseconds. */
  readonly powerLoss?: boolean;
  /** How large the file may grow; as large as the disk when absent. */
  readonly maxBytes?: number;
  /** Told once that the file can no longer be written. Whoever waits for `kept` is refused from then on. */
  readonly onBroken?: (reason: JournalError) => void;
}

const formatVersion = 1;

/** SQLite's own, unless a file says otherwise. */
const pageBytes = 4096;

/** @throws Error when the file is no journal, or one of another version, or another service has it */
export function sqliteJournal(
  file: string,
  { maxBytes, onBroken, powerLoss = false }: SqliteJournalOptions = {},
): Journal {
  const database = new DatabaseSync(file);
  // Two services would do every task twice. The lock ends with the process, however that ends.
  database.exec("PRAGMA locking_mode = EXCLUSIVE");
  try {
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${powerLoss ? "FULL" : "NORMAL"};`);
  } catch (error) {
    database.close();
    const isLocked = /\block(?:ed)?\b/.test((error as Error).message);
    throw isLocked ? new Error(`${file} is another service's journal while that one runs.`, { cause: error }) : error;
  }
  database.exec(`
    CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS entry (seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, text TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS event (
      execution TEXT NOT NULL, seq INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (execution, seq)
    ) STRICT, WITHOUT ROWID;
  `);
  const setting = (name: string, initial: string): string => {
    database.prepare("INSERT OR IGNORE INTO setting VALUES (?, ?)").run(name, initial);
    return String(database.prepare("SELECT value FROM setting WHERE name = ?").get(name)!["value"]);
  };
  const version = setting("version", String(formatVersion));
  if (version !== String(formatVersion)) {
    database.close();
    throw new Error(`${file} is a journal of version ${version}; wanted version ${formatVersion}.`);
  }
  if (maxBytes !== undefined) database.exec(`PRAGMA max_page_count = ${Math.ceil(maxBytes / pageBytes)}`);
  const key = setting("key", randomBytes(32).toString("hex"));
  const addEntry = database.prepare("INSERT INTO entry (kind, text) VALUES (?, ?)");
  const addEvent = database.prepare(
    "INSERT INTO event SELECT ?1, coalesce(max(seq), 0) + 1, ?2 FROM event WHERE execution = ?1",
  );
  const forgetEvents = database.prepare("DELETE FROM event WHERE execution = ?");
  const allEntries = database.prepare("SELECT seq, kind, text FROM entry ORDER BY seq");
  const oneEntry = database.prepare("SELECT kind, text FROM entry WHERE seq = ?");
  const eventsOf = database.prepare("SELECT text FROM event WHERE execution = ? ORDER BY seq");
  let pending: (PromiseWithResolvers<void> & { readonly immediate: NodeJS.Immediate }) | undefined;
  let broken: JournalError | undefined;
  /** What the turn appended is lost as a whole, and nobody was answered yet. */
  const breakOff = (cause: unknown): void => {
    broken = new JournalError(`${file} can no longer be written: ${(cause as Error).message}.`, { cause });
    if (database.isTransaction) database.exec("ROLLBACK");
    pending?.reject(broken);
    onBroken?.(broken);
  };
  const commit = (): void => {
    if (pending === undefined) return;
    const { immediate, resolve } = pending;
    clearImmediate(immediate);
    try {
      if (broken === undefined) database.exec("COMMIT");
      resolve();
    } catch (error) {
      breakOff(error);
    }
    pending = undefined;
  };
  const append = (statement: StatementSync, ...values: readonly string[]): number => {
    if (broken !== undefined) return 0;
    try {
      if (pending === undefined) {
        database.exec("BEGIN IMMEDIATE");
        pending = { ...Promise.withResolvers(), immediate: setImmediate(commit) };
        // Not every turn has somebody who waits.
        pending.promise.catch(() => {});
      }
      return Number(statement.run(...values).lastInsertRowid);
    } catch (error) {
      breakOff(error);
      return 0;
    }
  };
  return {
    keeps: true,
    key,
    appendCall: (call) => append(addEntry, "call", printJson({ ...call })),
    appendEvent: (executionArn, told) => void append(addEvent, executionArn, printTold(told)),
    appendEnd: (end) => append(addEntry, "end", JSON.stringify(end)),
    forgetEvents: (executionArn) => void append(forgetEvents, executionArn),
    async kept() {
      await pending?.promise;
      if (broken !== undefined) throw broken;
    },
    *entries() {
      for (const { seq, kind, text } of allEntries.iterate()) {
        yield { ...parsedEntry(String(kind), String(text)), place: Number(seq) };
      }
    },
    entryAt(place) {
      const { kind, text } = oneEntry.get(place) ?? {};
      return parsedEntry(String(kind), String(text));
    },
    events: (executionArn) => eventsOf.all(executionArn).map(({ text }) => parsedTold(String(text))),
    close() {
      commit();
      database.close();
    },
  };
}

function parsedEntry(kind: string, text: string): JournalEntry {
  const value = parsed(text);
  return kind === "call"
    ? { kind: "call", call: value as unknown as RecordedCall }
    : { kind: "end", end: value as unknown as RecordedEnd };
}

/** Every event is JSON but one: an evaluation that failed. */
function printTold({ event, ...told }: ToldEvent): string {
  const { value } = event as { readonly value?: unknown };
  if (!(value instanceof EvaluationFailure)) return printJson({ ...told, event: event as unknown as JsonObject });
  const { cause, error, location } = value;
  return JSON.stringify({ ...told, event: { ...event, value: undefined, failure: { error, cause, location } } });
}

function parsedTold(text: string): ToldEvent {
  const told = parsed(text) as unknown as ToldEvent;
  const { failure, ...event } = told.event as unknown as JsonObject;
  if (!isJsonObject(failure)) return told;
  const { cause, error, location } = failure as { error: string; cause: string; location?: string };
  const value = new EvaluationFailure(error, cause, location);
  return { ...told, event: { ...event, value } as unknown as InterpreterEvent };
}

function parsed(text: string): JsonValue {
  const { error, value } = parseJson(text);
  if (error !== undefined) throw new Error(`The journal holds what it never wrote: ${error.message}`);
  return value;
}
