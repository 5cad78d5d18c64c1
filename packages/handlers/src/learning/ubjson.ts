/**
 * Reads Universal Binary JSON (draft 12), the form in which XGBoost 2.1 and later save a model by default.
 *
 * Every count is checked against the bytes that are left, so that a damaged file cannot ask for more memory than it
 * has bytes.
 *
 * @see https://ubjson.org, "Type Reference" and "Container Types"
 */
import { ModelArtifactCorruptError } from "./model-artifact-error.ts";

export type UbjsonValue =
  | string
  | number
  | boolean
  | null
  | readonly UbjsonValue[]
  | { readonly [key: string]: UbjsonValue };

interface Reader {
  readonly view: DataView;
  offset: number;
}

type ReadValue = (reader: Reader, depth: number) => UbjsonValue;

/** @throws {ModelArtifactCorruptError} naming the byte */
export function decodeUbjson(bytes: Uint8Array): UbjsonValue {
  const reader: Reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  const value = readMarked(reader, 0);
  if (reader.offset < bytes.length) {
    throw corrupt(reader.offset, `${bytes.length - reader.offset} bytes follow the document; wanted its end.`);
  }
  return value;
}

const MOST_NESTED = 64;

const readers: Readonly<Record<string, ReadValue>> = {
  Z: () => null,
  T: () => true,
  F: () => false,
  i: (reader) => reader.view.getInt8(advance(reader, 1)),
  U: (reader) => reader.view.getUint8(advance(reader, 1)),
  I: (reader) => reader.view.getInt16(advance(reader, 2)),
  l: (reader) => reader.view.getInt32(advance(reader, 4)),
  L: readInt64,
  d: (reader) => reader.view.getFloat32(advance(reader, 4)),
  D: (reader) => reader.view.getFloat64(advance(reader, 8)),
  C: (reader) => String.fromCharCode(reader.view.getUint8(advance(reader, 1))),
  S: readText,
  "[": readArray,
  "{": readObject,
};

const integerMarkers = new Set(["i", "U", "I", "l", "L"]);

function readMarked(reader: Reader, depth: number): UbjsonValue {
  return readerFor(reader, readMarker(reader))(reader, depth);
}

function readMarker(reader: Reader): string {
  // "N" is a no-op that may stand before any marker.
  for (;;) {
    const marker = String.fromCharCode(reader.view.getUint8(advance(reader, 1)));
    if (marker !== "N") return marker;
  }
}

function readerFor(reader: Reader, marker: string): ReadValue {
  const read = Object.hasOwn(readers, marker) ? readers[marker] : undefined;
  if (!read) throw corrupt(reader.offset - 1, `found ${JSON.stringify(marker)}; wanted a type marker.`);
  return read;
}

function readInt64(reader: Reader): number {
  const at = reader.offset;
  const value = Number(reader.view.getBigInt64(advance(reader, 8)));
  if (!Number.isSafeInteger(value)) throw corrupt(at, `found the integer ${value}; wanted one below 2^53.`);
  return value;
}

function readLength(reader: Reader): number {
  const at = reader.offset;
  const marker = readMarker(reader);
  if (!integerMarkers.has(marker)) throw corrupt(at, `found ${JSON.stringify(marker)}; wanted a length.`);
  const length = readerFor(reader, marker)(reader, 0);
  if (typeof length === "number" && length >= 0 && length <= reader.view.byteLength - reader.offset) return length;
  throw corrupt(
    at,
    `found the length ${JSON.stringify(length)}; ${reader.view.byteLength - reader.offset} bytes are left.`,
  );
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function readText(reader: Reader): string {
  const length = readLength(reader);
  const at = advance(reader, length);
  try {
    return utf8.decode(new Uint8Array(reader.view.buffer, reader.view.byteOffset + at, length));
  } catch (cause) {
    throw corrupt(at, "found bytes that are no UTF-8; wanted text.", { cause });
  }
}

interface ContainerHead {
  /** Type of all members, when they do not carry their own. */
  readonly marker: string | undefined;
  /** Absent when a closing bracket ends the container. */
  readonly count: number | undefined;
}

function readContainerHead(reader: Reader, depth: number): ContainerHead {
  if (depth > MOST_NESTED) throw corrupt(reader.offset, `found containers nested more than ${MOST_NESTED} deep.`);
  const marker = skip(reader, "$") ? readMarker(reader) : undefined;
  if (skip(reader, "#")) return { marker, count: readLength(reader) };
  if (marker !== undefined) throw corrupt(reader.offset, "found a typed container without a count; wanted #.");
  return { marker, count: undefined };
}

function readArray(reader: Reader, depth: number): readonly UbjsonValue[] {
  const { marker, count } = readContainerHead(reader, depth);
  const read = marker === undefined ? readMarked : readerFor(reader, marker);
  const values: UbjsonValue[] = [];
  while (count === undefined ? !skip(reader, "]") : values.length < count) values.push(read(reader, depth + 1));
  return values;
}

function readObject(reader: Reader, depth: number): UbjsonValue {
  const { marker, count } = readContainerHead(reader, depth);
  const read = marker === undefined ? readMarked : readerFor(reader, marker);
  const entries: [string, UbjsonValue][] = [];
  while (count === undefined ? !skip(reader, "}") : entries.length < count) {
    entries.push([readText(reader), read(reader, depth + 1)]);
  }
  return Object.fromEntries(entries);
}

/** Steps over the marker when it comes next. */
function skip(reader: Reader, marker: string): boolean {
  if (reader.view.getUint8(need(reader, 1)) !== marker.charCodeAt(0)) return false;
  reader.offset += 1;
  return true;
}

/** @returns where the reader was before it moved on */
function advance(reader: Reader, bytes: number): number {
  const at = need(reader, bytes);
  reader.offset += bytes;
  return at;
}

function need(reader: Reader, bytes: number): number {
  const left = reader.view.byteLength - reader.offset;
  if (left < bytes) throw corrupt(reader.offset, `found the end after ${left} bytes; wanted ${bytes} more.`);
  return reader.offset;
}

function corrupt(offset: number, message: string, options?: ErrorOptions): ModelArtifactCorruptError {
  return new ModelArtifactCorruptError(`byte ${offset}`, message, options);
}
