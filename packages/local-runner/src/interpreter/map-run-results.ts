/**
 * The results of a Map Run on their way out: into objects as they come, or into the state's result.
 *
 * See the developer guide, "ResultWriter (Map)".
 */
import { printJson } from "@stepwright/asl";
import type { JsonObject, JsonValue, WriterConfig } from "@stepwright/asl";
import type { ResultRecord, ResultWriteRequest } from "../map-run/item-source.ts";
import type { Outcome } from "./outcome.ts";
import { payloadBytes } from "./payload-size.ts";
import type { ExecutionOps } from "./thread.ts";

export interface MapRunResultsOptions {
  /** Whose Map Run it is. */
  readonly execution: ExecutionOps;
  readonly stateName: string;
  readonly mapRunArn: string;
  /** The results go into objects. */
  readonly exports: boolean;
  readonly writerConfig: WriterConfig | undefined;
  readonly writerParameters: JsonObject;
}

/** How many results are handed to the export at a time. */
const resultsAtOnce = 500;

export class MapRunResults {
  readonly #options: MapRunResultsOptions;
  #redriveCount = 0;
  #outputs: (JsonValue | undefined)[] = [];
  #outputBytes = 0;
  #records: ResultRecord[] = [];
  #writeId: number | undefined = undefined;

  constructor(options: MapRunResultsOptions) {
    this.#options = options;
  }

  /** @param index where the result belongs */
  keep(child: ExecutionOps, outcome: Outcome, index: number): void {
    const { execution, exports, writerConfig } = this.#options;
    if (!exports) {
      if (outcome.status !== "SUCCEEDED") return;
      const value = writerConfig?.Transformation === "NONE" ? recordOf(child, outcome) : outcome.output;
      this.#outputBytes += payloadBytes(value);
      // What is too large to be a result need not be kept.
      if (this.#outputBytes <= execution.settings.maxPayloadBytes) this.#outputs[index] = value;
      else this.#outputs = [];
      return;
    }
    this.#export(this.#recordsOf(child, outcome));
  }

  /** @param input of a child that will not be started */
  keepPending(input: JsonValue): void {
    const value = { Input: printJson(input), InputDetails: { Included: true }, Status: "PENDING" };
    this.#export([{ status: "PENDING", value }]);
  }

  #export(records: readonly ResultRecord[]): void {
    this.#records.push(...records);
    if (this.#records.length < resultsAtOnce) return;
    this.#writeId = this.#options.execution.writeResults(this.#writeId, this.#request, this.#records);
    this.#records = [];
  }

  /** Begins another export, with the results of the children that ended well before: recorded. */
  redrive(redriveCount: number, succeeded: Iterable<ExecutionOps>): void {
    this.#redriveCount = redriveCount;
    if (!this.#options.exports) return;
    this.#writeId = undefined;
    this.#records = [];
    for (const child of succeeded) this.keep(child, child.outcome!, 0);
  }

  /** @param then is given what stands for the exported results; `undefined` when nothing is exported */
  finish(then: (exported: JsonObject | undefined) => void, onFailure: (cause: string) => void): void {
    const { execution, exports, mapRunArn } = this.#options;
    if (!exports) return then(undefined);
    execution.finishResults(this.#writeId, this.#request, this.#records, (writing) => {
      if (writing.status === "failed") return onFailure(writing.cause);
      const { bucket, key } = writing;
      then({ MapRunArn: mapRunArn, ResultWriterDetails: { Bucket: bucket, Key: key } });
    });
  }

  /** The state's result; `undefined` when it is too large. */
  result(): JsonValue | undefined {
    const { execution, writerConfig } = this.#options;
    if (this.#outputBytes > execution.settings.maxPayloadBytes) return undefined;
    const outputs = this.#outputs.filter((output) => output !== undefined);
    return writerConfig?.Transformation === "FLATTEN"
      ? outputs.flatMap((output) => shaped("FLATTEN", output))
      : outputs;
  }

  #recordsOf(child: ExecutionOps, outcome: Outcome): readonly ResultRecord[] {
    if (outcome.status !== "SUCCEEDED") return [{ status: "FAILED", value: recordOf(child, outcome) }];
    const { Transformation: transformation = "NONE" } = this.#options.writerConfig ?? {};
    const values = transformation === "NONE" ? [recordOf(child, outcome)] : shaped(transformation, outcome.output);
    return values.map((value) => ({ status: "SUCCEEDED", value }));
  }

  get #request(): ResultWriteRequest {
    const { mapRunArn, stateName, writerConfig = { OutputType: "JSON" }, writerParameters } = this.#options;
    return {
      stateName,
      mapRunArn,
      redriveCount: this.#redriveCount,
      parameters: writerParameters,
      config: writerConfig,
    };
  }
}

/** A result as `COMPACT` or `FLATTEN` gives it: flattening takes lists apart, one level. */
function shaped(transformation: "COMPACT" | "FLATTEN", output: JsonValue): readonly JsonValue[] {
  return transformation === "FLATTEN" && Array.isArray(output) ? (output as readonly JsonValue[]) : [output];
}

/** A child as the result files describe it. */
function recordOf({ redriveCount, settings, stoppedAtEpochMs }: ExecutionOps, outcome: Outcome): JsonObject {
  const { status } = outcome;
  return {
    ExecutionArn: settings.executionArn,
    ...(status === "SUCCEEDED"
      ? undefined
      : {
          ...(outcome.error === undefined ? undefined : { Error: outcome.error }),
          ...(outcome.cause === undefined ? undefined : { Cause: outcome.cause }),
        }),
    Input: printJson(settings.input),
    InputDetails: { Included: true },
    Name: settings.name,
    ...(status === "SUCCEEDED" ? { Output: printJson(outcome.output), OutputDetails: { Included: true } } : undefined),
    RedriveCount: redriveCount ?? 0,
    RedriveStatus: status === "SUCCEEDED" ? "NOT_REDRIVABLE" : "REDRIVABLE",
    ...(status === "SUCCEEDED" ? { RedriveStatusReason: "Execution is SUCCEEDED and cannot be redriven" } : undefined),
    StartDate: new Date(settings.startTimeEpochMs).toISOString(),
    StateMachineArn: settings.stateMachineArn,
    Status: status,
    StopDate: new Date(stoppedAtEpochMs).toISOString(),
  };
}
