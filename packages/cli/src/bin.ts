#!/usr/bin/env node
import { runProgram } from "./program.ts";
import { processTerminal } from "./terminal.ts";

const stop = new AbortController();
process.once("SIGINT", () => stop.abort());
process.exitCode = await runProgram(process.argv.slice(2), processTerminal(stop.signal));
