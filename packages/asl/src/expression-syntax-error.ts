/**
 * Why a text is not an expression of its language (path, intrinsic function call, JSONata). A value, not an exception:
 * the validator makes a diagnostic of it.
 */
export class ExpressionSyntaxError {
  /** The whole expression. */
  readonly text: string;
  /** Where in `text` it goes wrong, in UTF-16 code units from 0. */
  readonly offset: number;
  /** What was found and what was wanted, in one sentence. */
  readonly message: string;

  constructor(text: string, offset: number, message: string) {
    this.text = text;
    this.offset = offset;
    this.message = message;
  }
}
