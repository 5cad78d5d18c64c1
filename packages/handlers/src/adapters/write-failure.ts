import { PipelineError } from "../failures.ts";

/** The system and DuckDB say that there is no space, but not for what. */
export function writeFailure(file: string, error: unknown): unknown {
  if (!(error instanceof Error) || !/no space left|quota exceeded/i.test(error.message)) return error;
  return new PipelineError("TransientDependencyError", `No space left to write ${file}: ${error.message}`, {
    cause: error,
  });
}
