/**
 * Reading, batching and writing belong to a distributed Map; a few more fields are idle without it.
 * See https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html. Recorded executions show that the
 * service accepts the tolerances on an inline Map.
 */
import { isJsonObject } from "../../json.ts";
import type { JsonValue } from "../../json.ts";
import { placeIn } from "../../place.ts";
import type { Place } from "../../place.ts";
import { isDistributedMap } from "../map-mode.ts";
import type { Report, Rule } from "../report.ts";

const needed = ["ItemReader", "ItemBatcher", "ResultWriter"];
const idle = [
  "ToleratedFailurePercentage",
  "ToleratedFailurePercentagePath",
  "ToleratedFailureCount",
  "ToleratedFailureCountPath",
  "Label",
];

export const distributedFields: Rule = ({ states }, report) => {
  for (const state of states) {
    const { value, place } = state;
    if (value["Type"] !== "Map") continue;
    if (isDistributedMap(state)) {
      checkReader(value["ItemReader"], placeIn(place, "ItemReader"), report);
      checkBatcher(value["ItemBatcher"], placeIn(place, "ItemBatcher"), report);
      checkWriter(value["ResultWriter"], placeIn(place, "ResultWriter"), report);
      continue;
    }
    for (const field of needed) {
      if (Object.hasOwn(value, field)) report("SCHEMA_VALIDATION_FAILED", `Field '${field}' is not supported`, place);
    }
    for (const field of idle) {
      if (!Object.hasOwn(value, field)) continue;
      report("DISTRIBUTED_ONLY_FIELD", `'${field}' has an effect on a DISTRIBUTED Map only`, placeIn(place, field));
    }
  }
};

function checkReader(reader: JsonValue | undefined, place: Place, report: Report): void {
  const config = isJsonObject(reader) ? reader["ReaderConfig"] : undefined;
  if (!isJsonObject(config)) return;
  const configPlace = placeIn(place, "ReaderConfig");
  const hasHeader = Object.hasOwn(config, "CSVHeaderLocation");
  if (config["InputType"] === "CSV" && !hasHeader) {
    report("SCHEMA_VALIDATION_FAILED", "The field 'CSVHeaderLocation' is required", configPlace);
  }
  if (config["InputType"] === "JSON" && hasHeader) {
    report("SCHEMA_VALIDATION_FAILED", "Field 'CSVHeaderLocation' is not supported", configPlace);
  }
  if (config["CSVHeaderLocation"] === "GIVEN" && !Object.hasOwn(config, "CSVHeaders")) {
    report("SCHEMA_VALIDATION_FAILED", "These fields are required: [CSVHeaders]", configPlace);
  }
  if (Object.hasOwn(config, "MaxItems") && Object.hasOwn(config, "MaxItemsPath")) {
    report(
      "SCHEMA_VALIDATION_FAILED",
      "There should only be one of the following fields: [MaxItems, MaxItemsPath]",
      configPlace,
    );
  }
}

function checkBatcher(batcher: JsonValue | undefined, place: Place, report: Report): void {
  if (!isJsonObject(batcher)) return;
  for (const field of ["MaxItemsPerBatch", "MaxInputBytesPerBatch"]) {
    if (Object.hasOwn(batcher, field) && Object.hasOwn(batcher, `${field}Path`)) {
      report(
        "SCHEMA_VALIDATION_FAILED",
        `There should only be one of the following fields: [${field}, ${field}Path]`,
        place,
      );
    }
  }
  if (!Object.keys(batcher).some((field) => field.startsWith("Max"))) {
    report(
      "SCHEMA_VALIDATION_FAILED",
      "This object should have at least one of the following fields: [MaxItemsPerBatch, MaxItemsPerBatchPath, MaxInputBytesPerBatch, MaxInputBytesPerBatchPath]",
      place,
    );
  }
}

function checkWriter(writer: JsonValue | undefined, place: Place, report: Report): void {
  if (!isJsonObject(writer)) return;
  const hasTarget = Object.hasOwn(writer, "Parameters") || Object.hasOwn(writer, "Arguments");
  if (Object.hasOwn(writer, "Resource") ? hasTarget : !hasTarget && Object.hasOwn(writer, "WriterConfig")) return;
  report(
    "SCHEMA_VALIDATION_FAILED",
    "ResultWriter must have Resource with Parameters or Arguments, WriterConfig, or all of them",
    place,
  );
}
