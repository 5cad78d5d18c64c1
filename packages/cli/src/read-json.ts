import type { JsonValue } from "@stepwright/asl";
import { readTextFile } from "./read-file.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Reads a flag's value that is either JSON itself, `-` for standard input, or the name of a JSON file.
 *
 * @param what  what the value is to the caller: "the input"
 * @throws UsageError
 */
export async function readJsonArgument(argument: string, terminal: Terminal, what: string): Promise<JsonValue> {
  if (argument === "-") {
    return parseOrRefuse(await terminal.readStandardInput(), `${what} from standard input`);
  }
  return looksLikeJson(argument)
    ? parseOrRefuse(argument, what)
    : parseOrRefuse(await readTextFile(argument, terminal.cwd, what), `${what} ${argument}`);
}

function looksLikeJson(argument: string): boolean {
  return /^\s*[[{"]/.test(argument) || /^\s*(?:-?\d[\d.eE+-]*|true|false|null)\s*$/.test(argument);
}

function parseOrRefuse(text: string, what: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new UsageError(`Cannot read ${what}: ${(error as SyntaxError).message}; wanted JSON`);
  }
}
