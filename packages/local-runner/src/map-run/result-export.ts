/** Result files of a Map Run, written record by record. See the developer guide, "ResultWriter (Map)". */
import { printJson } from "@stepwright/asl";
import type { JsonValue } from "@stepwright/asl";
import type { ResultRecord, ResultWriteRequest, ResultsWritten } from "./item-source.ts";
import type { ObjectStore, ObjectWriter } from "./object-store.ts";

interface ResultFile {
  readonly key: string;
  readonly writer: ObjectWriter;
  records: number;
}

export class ResultExport {
  readonly #request: ResultWriteRequest;
  readonly #store: ObjectStore;
  readonly #bucket: string;
  readonly #folder: string;
  readonly #isLines: boolean;
  readonly #files = new Map<ResultRecord["status"], ResultFile>();

  constructor(request: ResultWriteRequest, store: ObjectStore) {
    const { Bucket: bucket, Prefix: prefix } = request.parameters;
    this.#request = request;
    this.#store = store;
    this.#bucket = typeof bucket === "string" ? bucket : "";
    const runId = request.mapRunArn.slice(request.mapRunArn.lastIndexOf(":") + 1);
    this.#folder = [
      ...(typeof prefix === "string" && prefix !== "" ? [prefix.replace(/\/$/, "")] : []),
      runId,
      ...(request.redriveCount === 0 ? [] : [`Redrive-${request.redriveCount}`]),
    ].join("/");
    this.#isLines = request.config.OutputType === "JSONL";
  }

  async write(records: readonly ResultRecord[]): Promise<void> {
    for (const [status, values] of Map.groupBy(records, ({ status: name }) => name)) {
      const file = await this.#open(status);
      const texts = values.map(({ value }) => printJson(value));
      const separator = this.#isLines ? "\n" : ",";
      const lead = file.records === 0 ? (this.#isLines ? "" : "[") : separator;
      file.records += texts.length;
      await file.writer.write(lead + texts.join(separator));
    }
  }

  async finish(): Promise<ResultsWritten> {
    const written: Record<"FAILED" | "PENDING" | "SUCCEEDED", JsonValue[]> = { FAILED: [], PENDING: [], SUCCEEDED: [] };
    for (const [status, { key, writer }] of this.#files) {
      await writer.write(this.#isLines ? "\n" : "]");
      written[status].push({ Key: key, Size: await writer.close() });
    }
    const key = `${this.#folder}/manifest.json`;
    const manifest = await this.#store.write(this.#bucket, key);
    await manifest.write(
      JSON.stringify({ DestinationBucket: this.#bucket, MapRunArn: this.#request.mapRunArn, ResultFiles: written }),
    );
    await manifest.close();
    return { status: "written", bucket: this.#bucket, key };
  }

  /** Closes the files that were begun; there will be no manifest. */
  async abandon(): Promise<void> {
    await Promise.all(Array.from(this.#files.values(), async ({ writer }) => writer.close()));
  }

  async #open(status: ResultRecord["status"]): Promise<ResultFile> {
    let file = this.#files.get(status);
    if (file === undefined) {
      const key = `${this.#folder}/${status}_0.${this.#isLines ? "jsonl" : "json"}`;
      file = { key, writer: await this.#store.write(this.#bucket, key), records: 0 };
      this.#files.set(status, file);
    }
    return file;
  }
}
