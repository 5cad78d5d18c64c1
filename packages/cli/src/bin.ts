#!/usr/bin/env node
import { runProgram } from "./program.ts";
import { processTerminal } from "./terminal.ts";

// Whoever reads the output may have seen enough: `stepwright graph M | head -1`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

const stop = new AbortController();
process.once("SIGINT", () => stop.abort());
process.exitCode = await runProgram(process.argv.slice(2), processTerminal(stop.signal));
