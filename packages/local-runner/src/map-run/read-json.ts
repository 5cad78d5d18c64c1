import { isJsonObject, parseJson } from "@stepwright/asl";
import type { JsonValue } from "@stepwright/asl";
import { DatasetError } from "./dataset-error.ts";
import type { DatasetFile, FileItem } from "./dataset-file.ts";
import { wholeBytes } from "./whole-bytes.ts";

/** A list, or an object whose members are the items; `ItemsPointer` may lead to it. */
export async function* readJson({ bytes, config }: DatasetFile): AsyncGenerator<FileItem> {
  const { error, value } = parseJson((await wholeBytes(bytes)).toString());
  if (error !== undefined) throw new DatasetError(`The dataset is not JSON: ${error.message}`);
  yield* itemsOf(config.ItemsPointer === undefined ? value : pointedAt(value, config.ItemsPointer));
}

export function* itemsOf(dataset: JsonValue): Generator<FileItem> {
  if (Array.isArray(dataset)) {
    for (const value of dataset as readonly JsonValue[]) yield { value };
  } else if (isJsonObject(dataset)) {
    for (const [key, value] of Object.entries(dataset)) yield { key, value };
  } else {
    throw new DatasetError("Attempting to map over non-iterable node.");
  }
}

/**
 * What `ItemsPointer` leads to. See RFC 6901.
 * @throws DatasetError when it leads nowhere
 */
export function pointedAt(document: JsonValue, pointer: string): JsonValue {
  let node: JsonValue | undefined = document;
  for (const step of pointer.split("/").slice(1)) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    const isMember: boolean = typeof node === "object" && node !== null && Object.hasOwn(node, key);
    node = isMember ? (node as Readonly<Record<string, JsonValue>>)[key] : undefined;
    if (node === undefined) {
      throw new DatasetError(
        "The provided ReaderConfig.ItemsPointer does not match any valid path in the JSON structure.",
      );
    }
  }
  return node;
}
