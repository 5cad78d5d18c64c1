import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { stepwright } from "../test/captured-terminal.ts";
import { commands } from "./commands/index.ts";
import { exitCodeMeanings, exitCodes } from "./exit-codes.ts";

test("the help names every command and every exit code", async () => {
  const { exitCode, out } = await stepwright(["--help"]);
  expect(exitCode).toBe(exitCodes.done);
  for (const name of Object.keys(commands)) {
    expect(out).toMatch(new RegExp(`^  ${name} `, "m"));
  }
  for (const [code, meaning] of Object.entries(exitCodeMeanings)) {
    expect(out).toContain(`${code.padStart(2)}  ${meaning}`);
  }
});

test.each(Object.keys(commands))("%s has a help with an example", async (name) => {
  const { exitCode, out } = await stepwright([name, "--help"]);
  expect(exitCode).toBe(exitCodes.done);
  expect(out).toContain(`\nExample:\n  stepwright ${name} `);
});

test("every exit code has a meaning", () => {
  expect(Object.keys(exitCodeMeanings).map(Number)).toEqual(Object.values(exitCodes).toSorted((a, b) => a - b));
});

test("a misspelt command is refused with the one that was meant", async () => {
  const { exitCode, err } = await stepwright(["vaildate"]);
  expect(exitCode).toBe(exitCodes.refused);
  expect(err).toContain("unknown command 'vaildate'");
  expect(err).toContain("Did you mean validate?");
});

test("an unknown option is refused", async () => {
  const { exitCode, err } = await stepwright(["run", "x.json", "--tme", "real"]);
  expect(exitCode).toBe(exitCodes.refused);
  expect(err).toContain("unknown option '--tme'");
});

test("the process prints its help and ends well", async () => {
  const bin = fileURLToPath(new URL("./bin.ts", import.meta.url));
  const args = ["--conditions=@stepwright/source", bin, "--help"];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args);
  expect(stdout).toContain("Usage: stepwright");
  expect(stderr).toBe("");
});

test("the README has the same table of exit codes", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const rows = readme.matchAll(/^\| *(\d+) \| (.*?) *\|$/gm);
  expect(Object.fromEntries(Array.from(rows, ([, code, meaning]) => [code, meaning]))).toEqual(exitCodeMeanings);
});
