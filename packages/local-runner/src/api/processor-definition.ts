import { isJsonObject, parseJson, printJson, walkStates } from "@stepwright/asl";
import type { JsonObject } from "@stepwright/asl";

/** The Distributed Map with this label. */
export function stateOfLabel(definition: string, label: string): string | undefined {
  return walkStates(parseJson(definition).value ?? {}).find(({ value }) => value["Label"] === label)?.name;
}

/** What the children of a Distributed Map run, as a definition of their own: without its ProcessorConfig, recorded. */
export function processorDefinition(definition: string, mapStateName: string): string {
  const map = walkStates(parseJson(definition).value ?? {}).find(({ name }) => name === mapStateName)?.value;
  const processor = map?.["ItemProcessor"] ?? map?.["Iterator"];
  if (!isJsonObject(processor)) return "{}";
  const { ProcessorConfig: _config, ...graph }: JsonObject = processor;
  return printJson(graph);
}
