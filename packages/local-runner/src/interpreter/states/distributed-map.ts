/** The Distributed Map: its fields evaluated in AWS's order; the run itself is `map-run-region.ts`. */
import { EvaluationFailure, isJsonObject } from "@stepwright/asl";
import type { ItemProcessor, JsonObject, JsonValue, MapState } from "@stepwright/asl";
import type { ItemReadRequest } from "../../map-run/item-source.ts";
import { effectiveInput } from "../effective-input.ts";
import { evaluateFields } from "../evaluators.ts";
import type { ExecutionOps, Thread } from "../thread.ts";
import { MapRunRegion } from "../map-run-region.ts";
import type { MapRunPlan, MapRunSettings } from "../map-run-region.ts";
import type { StateRun, StateSurroundings } from "../state-compiler.ts";
import { runtimeError } from "../state-failure.ts";
import { StateScope } from "../state-scope.ts";
import { countOf, notACount, notANumber, notAnArray } from "./map-fields.ts";

export function compileDistributedMap(
  state: MapState,
  processor: ItemProcessor,
  surroundings: StateSurroundings,
): StateRun {
  const { language, name, next } = surroundings;
  const { ItemBatcher: batcher, ItemReader: reader, ResultWriter: writer } = state;
  const inputPath = language.input(state);
  const before = [
    language.dynamic("MaxConcurrency", state.MaxConcurrency, state.MaxConcurrencyPath, "number"),
    // `ItemsPath` counts for nothing beside an ItemReader (recorded).
    reader === undefined ? language.dynamic("Items", state.Items, state.ItemsPath) : undefined,
  ];
  const after = [
    language.dynamic("ToleratedFailureCount", state.ToleratedFailureCount, state.ToleratedFailureCountPath),
    language.dynamic(
      "ToleratedFailurePercentage",
      state.ToleratedFailurePercentage,
      state.ToleratedFailurePercentagePath,
    ),
    language.dynamic(
      "ItemReader/ReaderConfig/MaxItems",
      reader?.ReaderConfig?.MaxItems,
      reader?.ReaderConfig?.MaxItemsPath,
    ),
    language.template("ItemReader/Arguments", reader?.Parameters ?? reader?.Arguments),
    language.dynamic("ItemBatcher/MaxItemsPerBatch", batcher?.MaxItemsPerBatch, batcher?.MaxItemsPerBatchPath),
    language.dynamic(
      "ItemBatcher/MaxInputBytesPerBatch",
      batcher?.MaxInputBytesPerBatch,
      batcher?.MaxInputBytesPerBatchPath,
    ),
    language.template("ItemBatcher/BatchInput", batcher?.BatchInput),
    language.template("ResultWriter/Arguments", writer?.Parameters ?? writer?.Arguments),
  ];
  const plan: MapRunPlan = {
    startAt: surroundings.compileGraph(processor),
    selector: language.template("ItemSelector", state.ItemSelector ?? state.Parameters),
    label: state.Label,
    isExpress: processor.ProcessorConfig?.ExecutionType === "EXPRESS",
    isBatched: batcher !== undefined,
    exports: writer?.Resource !== undefined,
    writerConfig: writer?.WriterConfig,
    complete: language.complete(state, true),
    next,
  };

  return (execution, thread) => {
    const input = effectiveInput(execution, thread, inputPath);
    if (input instanceof EvaluationFailure) return execution.failEvaluation(thread, input);
    const scope = new StateScope(execution, thread, input);
    evaluateFields(execution, thread, before, scope, ([concurrency = 0, items = input]) => {
      const maxConcurrency = countOf(concurrency);
      if (maxConcurrency === undefined) {
        return execution.failEvaluation(thread, notACount("MaxConcurrency", concurrency, state.MaxConcurrencyPath));
      }
      if (reader === undefined && (typeof items !== "object" || items === null)) {
        return execution.failEvaluation(thread, notAnArray(language.isJsonata, state.ItemsPath ?? "$", items));
      }
      const length = reader === undefined ? Object.keys(items as JsonObject).length : 0;
      execution.record(thread, "MapStateStarted", undefined, { length });
      evaluateFields(execution, thread, after, scope, (values) => {
        const dataset = reader === undefined ? (items as JsonObject) : undefined;
        const settings = settingsOf(values, input, maxConcurrency, dataset);
        if (settings instanceof EvaluationFailure) return execution.failEvaluation(thread, settings);
        begin(execution, thread, settings);
      });
    });
  };

  function begin(execution: ExecutionOps, thread: Thread, settings: MapRunSettings): void {
    const region = new MapRunRegion(execution, thread, plan, settings);
    thread.region = region;
    execution.mapRuns.push(region);
    region.begin();
  }

  function settingsOf(
    values: readonly (JsonValue | undefined)[],
    input: JsonValue,
    maxConcurrency: number,
    items: MapRunSettings["items"],
  ): MapRunSettings | EvaluationFailure {
    const [count, percentage, maxItems, parameters, batchItems, batchBytes, batchInput, writerParameters] = values;
    const toleratedFailureCount = countField("ToleratedFailureCount", count, state.ToleratedFailureCountPath);
    if (toleratedFailureCount instanceof EvaluationFailure) return toleratedFailureCount;
    if ((toleratedFailureCount ?? 0) < 0) return outOfRange("ToleratedFailureCount cannot be negative.");
    const toleratedFailurePercentage = percentageField(percentage, state.ToleratedFailurePercentagePath);
    if (toleratedFailurePercentage instanceof EvaluationFailure) return toleratedFailurePercentage;
    const limit = countField("MaxItems", maxItems, reader?.ReaderConfig?.MaxItemsPath);
    if (limit instanceof EvaluationFailure) return limit;
    const maxItemsPerBatch = countField("MaxItemsPerBatch", batchItems, batcher?.MaxItemsPerBatchPath);
    if (maxItemsPerBatch instanceof EvaluationFailure) return maxItemsPerBatch;
    const maxBytesPerBatch = countField("MaxInputBytesPerBatch", batchBytes, batcher?.MaxInputBytesPerBatchPath);
    if (maxBytesPerBatch instanceof EvaluationFailure) return maxBytesPerBatch;
    return {
      input,
      maxConcurrency,
      toleratedFailureCount: toleratedFailureCount ?? 0,
      toleratedFailurePercentage: toleratedFailurePercentage ?? 0,
      items,
      reading: items === undefined ? readingOf(parameters, limit) : undefined,
      maxItemsPerBatch,
      maxBytesPerBatch,
      batchInput,
      writerParameters: isJsonObject(writerParameters) ? writerParameters : {},
    };
  }

  function readingOf(parameters: JsonValue | undefined, maxItems: number | undefined): ItemReadRequest {
    return {
      stateName: name,
      action: reader!.Resource.slice(reader!.Resource.lastIndexOf(":") + 1),
      parameters: isJsonObject(parameters) ? parameters : {},
      config: reader!.ReaderConfig ?? {},
      maxItems,
      from: 0,
    };
  }
}

/** Negative ones are integers too; who takes none says so. */
function countField(
  field: string,
  value: JsonValue | undefined,
  path: string | undefined,
): number | undefined | EvaluationFailure {
  if (value === undefined) return undefined;
  const isInteger = typeof value === "number" && Number.isInteger(value);
  return isInteger ? value : (countOf(value) ?? notACount(field, value, path));
}

function percentageField(
  value: JsonValue | undefined,
  path: string | undefined,
): number | undefined | EvaluationFailure {
  if (value === undefined) return undefined;
  // The service also takes a text of digits (recorded).
  const percentage = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof percentage !== "number" || Number.isNaN(percentage)) {
    return notANumber("ToleratedFailurePercentage", value, path, "float");
  }
  return percentage >= 0 && percentage <= 100
    ? percentage
    : outOfRange("ToleratedFailurePercentage must be between 0 and 100.");
}

function outOfRange(cause: string): EvaluationFailure {
  return new EvaluationFailure(runtimeError, cause);
}
