#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// Before anything else is read: what was compiled once is not compiled at the next start.
enableCompileCache();
const [{ runProgram }, { processTerminal }] = await Promise.all([import("./program.ts"), import("./terminal.ts")]);

// Whoever reads the output may have seen enough: `stepwright graph M | head -1`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

process.exitCode = await runProgram(process.argv.slice(2), processTerminal());
