/** The call is wrong, not the program: the message says what was found and what was wanted. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
