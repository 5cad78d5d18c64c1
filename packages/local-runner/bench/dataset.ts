import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { objectFolder, runDefinition } from "../src/index.ts";
import { printMeasured } from "./in-child.ts";

const count = Number(process.argv[2]);
const linesAtOnce = 1000;
const folder = mkdtempSync(join(tmpdir(), "stepwright-bench-"));
try {
  mkdirSync(join(folder, "bucket"));
  await pipeline(Readable.from(chunks()), createWriteStream(join(folder, "bucket", "items.jsonl")));
  const beforeMs = performance.now();
  let ended = 0;
  const result = await runDefinition(
    {
      StartAt: "Each",
      States: {
        Each: {
          Type: "Map",
          ItemReader: {
            Resource: "arn:aws:states:::s3:getObject",
            ReaderConfig: { InputType: "JSONL" },
            Parameters: { Bucket: "bucket", Key: "items.jsonl" },
          },
          ItemProcessor: {
            ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
            StartAt: "P",
            States: { P: { Type: "Pass", End: true } },
          },
          ResultWriter: {
            Resource: "arn:aws:states:::s3:putObject",
            Parameters: { Bucket: "bucket", Prefix: "results" },
          },
          End: true,
        },
      },
    },
    {
      objects: objectFolder(folder),
      onChildExecution: () => {
        ended += 1;
      },
    },
  );
  const ms = performance.now() - beforeMs;
  if (result.status !== "SUCCEEDED" || ended !== count) throw new Error(`${result.status} after ${ended} children.`);
  printMeasured(ms);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function* chunks(): Generator<string> {
  for (let from = 0; from < count; from += linesAtOnce) {
    const lines = Array.from({ length: Math.min(linesAtOnce, count - from) }, (_, i) => {
      const n = from + i;
      return `{"transactionId":"t-${n}","amount":${n % 9973},"isFraud":${n % 97 === 0}}\n`;
    });
    yield lines.join("");
  }
}
