/** Whether a Map runs its items in its own execution or in child executions. */
import { isJsonObject } from "../json.ts";
import type { JsonObject } from "../json.ts";
import type { WalkedState } from "../walk.ts";

export interface FoundProcessorConfig {
  readonly config: JsonObject;
  readonly field: "ItemProcessor" | "Iterator";
}

export function processorConfigOf({ value }: WalkedState): FoundProcessorConfig | undefined {
  if (value["Type"] !== "Map") return undefined;
  for (const field of ["ItemProcessor", "Iterator"] as const) {
    const processor = Object.hasOwn(value, field) ? value[field] : undefined;
    const config = isJsonObject(processor) ? processor["ProcessorConfig"] : undefined;
    if (isJsonObject(config)) return { config, field };
  }
  return undefined;
}

export function isDistributedMap(state: WalkedState): boolean {
  return processorConfigOf(state)?.config["Mode"] === "DISTRIBUTED";
}
