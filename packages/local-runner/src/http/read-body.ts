import type { IncomingMessage } from "node:http";

/** A body that is not read to its end. */
export class RequestBodyError extends Error {
  override readonly name = "RequestBodyError";
  readonly httpStatus: number;

  constructor(httpStatus: number, message: string) {
    super(message);
    this.httpStatus = httpStatus;
  }
}

/** @throws RequestBodyError when it is longer than it may be, or breaks off */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLong = (): RequestBodyError => new RequestBodyError(413, `The body has more than ${maxBytes} bytes.`);
  return new Promise((resolve, reject) => {
    if (Number(request.headers["content-length"] ?? 0) > maxBytes) return reject(tooLong());
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) {
        chunks.push(chunk);
      } else {
        request.pause();
        reject(tooLong());
      }
    });
    request.once("end", () => resolve(Buffer.concat(chunks)));
    request.once("error", () => reject(new RequestBodyError(400, "The body broke off.")));
    request.once("close", () => {
      if (!request.complete) reject(new RequestBodyError(400, "The body broke off."));
    });
  });
}
