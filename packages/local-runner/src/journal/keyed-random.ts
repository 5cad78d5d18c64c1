import { createHash } from "node:crypto";
import type { RandomSource } from "@stepwright/asl";

/** Random numbers that nobody can guess without the key, and that go on from any place in their sequence. */
export class KeyedRandom implements RandomSource {
  readonly #key: string;
  /** Numbers drawn so far. */
  draws = 0;

  constructor(key: string) {
    this.#key = key;
  }

  next(): number {
    const digest = createHash("sha256").update(`${this.#key}:${this.draws}`).digest();
    this.draws += 1;
    return digest.readUInt32BE() / 0x1_0000_0000;
  }
}
