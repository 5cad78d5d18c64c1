import { parseJson } from "@stepwright/asl";
import { DatasetError } from "./dataset-error.ts";
import type { DatasetFile, FileItem } from "./dataset-file.ts";

/** One value a line; empty lines are none. */
export async function* readJsonLines({ bytes }: DatasetFile): AsyncGenerator<FileItem> {
  let number = 0;
  for await (const lines of linesOf(bytes)) {
    for (const line of lines) {
      number += 1;
      if (line.trim() === "") continue;
      const { error, value } = parseJson(line);
      if (error !== undefined) throw new DatasetError(`Line ${number} of the dataset is not JSON: ${error.message}`);
      yield { value };
    }
  }
}

/** Whole lines, as many as a chunk completes: one step of the stream for many lines. */
async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop()!;
    yield lines;
  }
  yield [rest + decoder.decode()];
}
