import { parseJson } from "@stepwright/asl";
import { maxJsonDepth, payloadBytes } from "../interpreter/payload-size.ts";
import { ServiceError } from "./service-error.ts";

/**
 * An execution's input as it was sent; `{}` when there is none.
 * @throws ServiceError `InvalidExecutionInput`
 */
export function executionInput(text: string | undefined): string {
  if (text === undefined) return "{}";
  if (text.trim() === "") throw refused("Invalid execution input.");
  const { error, value } = parseJson(text);
  if (error !== undefined) throw refused(error.message);
  if (payloadBytes(value) === Number.POSITIVE_INFINITY) {
    throw refused(`The input is nested deeper than ${maxJsonDepth} levels.`);
  }
  return text;
}

function refused(problem: string): ServiceError {
  return new ServiceError("InvalidExecutionInput", `Invalid State Machine Execution Input: '${problem}'`);
}
