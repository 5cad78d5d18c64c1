import { ExpressionSyntaxError } from "./expression-syntax-error.ts";

/** Where a parser stands in its text. `fail` throws an `ExpressionSyntaxError`, which the parser that made the cursor catches. */
export class Cursor {
  readonly text: string;
  offset = 0;
  /** How many nested constructs are open, for parsers that bound them. */
  depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  get atEnd(): boolean {
    return this.offset >= this.text.length;
  }

  get char(): string {
    return this.text.charAt(this.offset);
  }

  startsWith(token: string): boolean {
    return this.text.startsWith(token, this.offset);
  }

  take(token: string): boolean {
    if (!this.startsWith(token)) return false;
    this.offset += token.length;
    return true;
  }

  /** @param pattern sticky, so that it matches here or nowhere */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.offset;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.offset += found.length;
    return found;
  }

  expect(token: string): void {
    if (!this.take(token)) this.fail(`'${token}'`);
  }

  skipBlanks(): void {
    while (this.char === " " || this.char === "\t" || this.char === "\n" || this.char === "\r") this.offset += 1;
  }

  fail(wanted: string, offset = this.offset): never {
    const place = Math.min(offset, this.text.length);
    const char = this.text.codePointAt(place);
    const found = char === undefined ? "the end" : `'${String.fromCodePoint(char)}'`;
    throw new ExpressionSyntaxError(this.text, place, `found ${found} at offset ${place}, wanted ${wanted}`);
  }
}
