import type { ReaderConfig } from "@stepwright/asl";
import { DatasetError } from "./dataset-error.ts";
import type { DatasetFile, FileItem } from "./dataset-file.ts";

const delimiters: Readonly<Record<NonNullable<ReaderConfig["CSVDelimiter"]>, string>> = {
  COMMA: ",",
  PIPE: "|",
  SEMICOLON: ";",
  SPACE: " ",
  TAB: "\t",
};

/** Every value is a text; a short row has `""` for what it lacks, a long one loses the rest (recorded). */
export async function* readCsv({ bytes, config }: DatasetFile): AsyncGenerator<FileItem> {
  const { parse } = await import("csv-parse");
  const { Readable } = await import("node:stream");
  const parser = parse({
    bom: true,
    delimiter: delimiters[config.CSVDelimiter ?? "COMMA"],
    relax_column_count: true,
    relax_quotes: true,
  });
  const rows: AsyncIterable<readonly string[]> = Readable.from(bytes)
    .on("error", (error) => parser.destroy(error))
    .pipe(parser);
  let headers = config.CSVHeaderLocation === "GIVEN" ? checked(config.CSVHeaders ?? []) : undefined;
  for await (const row of rows) {
    if (headers === undefined) headers = checked(row);
    else yield { value: Object.fromEntries(headers.map((header, column) => [header, row[column] ?? ""])) };
  }
}

function checked(headers: readonly string[]): readonly string[] {
  if (new Set(headers).size < headers.length) throw new DatasetError("CSV headers cannot contain duplicates.");
  return headers;
}
