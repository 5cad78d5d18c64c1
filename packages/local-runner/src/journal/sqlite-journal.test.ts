import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Journal, RecordedCall } from "./journal.ts";
import { sqliteJournal } from "./sqlite-journal.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stepwright-journal-"));
  file = join(folder, "journal.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const machine = "arn:aws:states:us-east-1:123456789012:stateMachine:Cut";
const executionArn = "arn:aws:states:us-east-1:123456789012:execution:Cut:one";

function started(name: string, padding: number): RecordedCall {
  const input = { stateMachineArn: machine, name, input: JSON.stringify("x".repeat(padding)) };
  return { operation: "StartExecution", input, atEpochMs: 1, seed: name };
}

function contentOf(journal: Journal): readonly unknown[] {
  return [...journal.entries(), ...journal.events(executionArn)];
}

test("a transaction that breaks off at any byte is absent whole; what was before it is there", async () => {
  const journal = sqliteJournal(file);
  journal.appendCall(started("before", 100));
  journal.appendEvent(executionArn, { event: { type: "started" }, atEpochMs: 1, randomDraws: 0 });
  await journal.kept();
  const before = contentOf(journal);
  const base = readFileSync(file);
  const lengthBefore = readFileSync(`${file}-wal`).length;
  // Several pages, so that some of them are whole and the transaction is not.
  journal.appendCall(started("last", 4500));
  journal.appendEvent(executionArn, { event: { type: "timerFired", timerId: 1 }, atEpochMs: 2, randomDraws: 0 });
  await journal.kept();
  const after = contentOf(journal);
  const log = readFileSync(`${file}-wal`);
  expect(log.length).toBeGreaterThan(lengthBefore + 2 * 4096);

  const cut = join(folder, "cut.db");
  const breakOff = (length: number): void => {
    rmSync(`${cut}-shm`, { force: true });
    truncateSync(`${cut}-wal`, length);
  };
  writeFileSync(cut, base);
  writeFileSync(`${cut}-wal`, log);
  const wrong: number[] = [];
  for (let length = log.length; length >= lengthBefore; length -= 1) {
    breakOff(length);
    // Whoever only reads leaves both files as they are.
    using database = new DatabaseSync(cut, { readOnly: true });
    const calls = database.prepare("SELECT count(*) AS calls FROM entry").get()!["calls"];
    const events = database.prepare("SELECT count(*) AS events FROM event").get()!["events"];
    const wanted = length === log.length ? 2 : 1;
    if (calls !== wanted || events !== wanted) wrong.push(length);
  }
  expect(wrong).toEqual([]);

  for (const length of [log.length, log.length - 1, lengthBefore + 1, lengthBefore]) {
    writeFileSync(cut, base);
    writeFileSync(`${cut}-wal`, log);
    breakOff(length);
    const read = sqliteJournal(cut);
    expect(contentOf(read)).toEqual(length === log.length ? after : before);
    expect(read.key).toBe(journal.key);
    read.close();
  }
  journal.close();
});

test("with powerLoss each transaction waits for the disk; without it, the operating system has it", () => {
  const exec = vi.spyOn(DatabaseSync.prototype, "exec");
  sqliteJournal(file, { powerLoss: true }).close();
  sqliteJournal(file).close();
  const settings = exec.mock.calls.map(([sql]) => /synchronous = \w+/.exec(sql)?.[0]);
  exec.mockRestore();
  expect(settings.filter((setting) => setting !== undefined)).toEqual(["synchronous = FULL", "synchronous = NORMAL"]);
});

test("when the disk is full, nobody is told that something was kept, and what was kept before is there", async () => {
  const broken: string[] = [];
  const journal = sqliteJournal(file, { maxBytes: 64 * 1024, onBroken: ({ message }) => broken.push(message) });
  journal.appendCall(started("small", 10));
  await journal.kept();
  journal.appendCall(started("fits", 10));
  journal.appendCall(started("large", 100_000));
  await expect(journal.kept()).rejects.toThrow(`${file} can no longer be written: database or disk is full.`);
  journal.appendCall(started("later", 10));
  await expect(journal.kept()).rejects.toThrow("can no longer be written");
  expect(broken).toHaveLength(1);
  journal.close();

  const again = sqliteJournal(file);
  const names = [...again.entries()].map((entry) => (entry.kind === "call" ? entry.call.input["name"] : ""));
  expect(names).toEqual(["small"]);
  again.close();
});

test("a file of another kind or version is refused", () => {
  writeFileSync(file, "no database, but a text that is long enough to look like one".repeat(20));
  expect(() => sqliteJournal(file)).toThrow("file is not a database");
  const other = join(folder, "other.db");
  sqliteJournal(other).close();
  const database = new DatabaseSync(other);
  database.exec("UPDATE setting SET value = '99' WHERE name = 'version'");
  database.close();
  expect(() => sqliteJournal(other)).toThrow(`${other} is a journal of version 99; wanted version 1.`);
});

test("a journal has one service at a time", () => {
  const first = sqliteJournal(file);
  expect(() => sqliteJournal(file)).toThrow(`${file} is another service's journal while that one runs.`);
  first.close();
  sqliteJournal(file).close();
});
