import { createHash } from "node:crypto";

/** SHA-256 of bytes, or of a text's UTF-8; `base64` is how S3 writes checksums. */
export function sha256(bytes: Uint8Array | string, encoding: "hex" | "base64" = "hex"): string {
  return createHash("sha256").update(bytes).digest(encoding);
}
