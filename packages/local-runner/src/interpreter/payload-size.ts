/** The size that AWS's payload quota counts: compact JSON text in UTF-8, without writing that text. */
import type { JsonObject, JsonValue } from "@stepwright/asl";

/** As deep as the service's own JSON reader goes. */
export const maxJsonDepth = 1000;

/** @returns the bytes, or `Infinity` for a value nested deeper than `maxJsonDepth` */
export function payloadBytes(value: JsonValue, depth = 0): number {
  if (typeof value === "string") return stringBytes(value);
  if (typeof value === "number") return numberBytes(value);
  if (value === null || value === true) return 4;
  if (value === false) return 5;
  if (depth >= maxJsonDepth) return Number.POSITIVE_INFINITY;
  if (Array.isArray(value)) {
    let bytes = value.length === 0 ? 2 : 1 + value.length;
    for (let i = 0; i < value.length; i += 1) bytes += payloadBytes(value[i], depth + 1);
    return bytes;
  }
  const object = value as JsonObject;
  let bytes = 1;
  for (const key of Object.keys(object)) {
    // One comma or closing brace, one colon.
    bytes += 2 + stringBytes(key) + payloadBytes(object[key]!, depth + 1);
  }
  return bytes === 1 ? 2 : bytes;
}

function numberBytes(value: number): number {
  if (Number.isInteger(value) && value >= 0 && value < 10_000) {
    return value < 10 ? 1 : value < 100 ? 2 : value < 1000 ? 3 : 4;
  }
  return String(value).length;
}

function stringBytes(text: string): number {
  let bytes = text.length + 2;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x20 && unit < 0x80 && unit !== 0x22 && unit !== 0x5c) continue;
    bytes += extraBytes(unit);
  }
  return bytes;
}

/** What a UTF-16 code unit needs in UTF-8 JSON text beyond one byte. */
function extraBytes(unit: number): number {
  if (unit === 0x22 || unit === 0x5c) return 1;
  if (unit < 0x20) return unit === 0x08 || unit === 0x09 || unit === 0x0a || unit === 0x0c || unit === 0x0d ? 1 : 5;
  if (unit < 0x80) return 0;
  if (unit < 0x800) return 1;
  // A pair of surrogates is two units and four bytes.
  return unit >= 0xd800 && unit <= 0xdfff ? 1 : 2;
}
