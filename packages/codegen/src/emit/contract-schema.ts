/** The contract as JSON Schema, for tools and for handlers in other languages. */
import type { JsonValue } from "@stepwright/asl";
import type { LoadedTask, WireSchema } from "../load/loaded-project.ts";

export interface ContractDocument {
  /** JSON Schema. */
  readonly input: JsonValue;
  readonly output: JsonValue;
  readonly errors: readonly string[];
}

export function contractDocument({ input, output, errors }: LoadedTask): ContractDocument {
  return { input: schemaOf(input), output: schemaOf(output), errors };
}

export function printContractSchema(task: LoadedTask): string {
  const document = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: task.name,
    ...contractDocument(task),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** `true` is the schema that allows everything. */
function schemaOf(wire: WireSchema): JsonValue {
  return "schema" in wire ? wire.schema : true;
}
