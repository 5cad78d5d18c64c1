/** From arguments to an exit code: finds the command, lets it do its work, and says in one sentence what went wrong. */
import { Command, CommanderError } from "commander";
import { commands } from "./commands/index.ts";
import { exitCodeMeanings, exitCodes } from "./exit-codes.ts";
import type { ExitCode } from "./exit-codes.ts";
import { ownVersion } from "./own-version.ts";
import { describeRefusal } from "./refusal.ts";
import type { Terminal } from "./terminal.ts";

/** @param args  without the interpreter and the script */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.done;
  try {
    const program = await programFor(args, terminal, (code) => {
      exitCode = code;
    });
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    return complain(error, terminal);
  }
}

async function programFor(args: readonly string[], terminal: Terminal, finish: (exitCode: ExitCode) => void) {
  const program = new Command("stepwright")
    .version(ownVersion(), "--version", "print the version")
    .description("Write, check and run AWS Step Functions state machines.")
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => terminal.err(text) })
    .showSuggestionAfterError()
    .addHelpText("after", generalHelp);
  for (const [name, { summary, load }] of Object.entries(commands)) {
    const command = program
      .command(name)
      .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
      .summary(summary);
    if (args[0] === name || (args[0] === "help" && args[1] === name)) {
      // At most one: the other commands' modules stay unread.
      const { define } = await load();
      define(command, terminal, finish);
    }
  }
  return program;
}

const generalHelp = `
Example:
  stepwright generate --check && stepwright run BatchRetrainModels --input batch.json

Exit codes:
${Object.entries(exitCodeMeanings)
  .map(([code, meaning]) => `  ${code.padStart(2)}  ${meaning}`)
  .join("\n")}
`;

function complain(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof CommanderError) {
    // commander has printed its message already; help and version are no errors.
    return error.exitCode === 0 ? exitCodes.done : exitCodes.refused;
  }
  const refusal = describeRefusal(error, terminal);
  if (refusal !== undefined) {
    terminal.err(refusal);
    return exitCodes.refused;
  }
  terminal.err(
    `This is a bug in Stepwright:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return exitCodes.bug;
}
