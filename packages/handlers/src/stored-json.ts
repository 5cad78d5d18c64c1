/**
 * JSON that this program wrote, read back as what it was.
 *
 * Nothing checks the shape: for what other people write there are contracts.
 * @throws SyntaxError when the text is no JSON
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says what it wrote
export function parseStored<Kind>(text: Uint8Array | string): Kind {
  const parsed: unknown = JSON.parse(typeof text === "string" ? text : Buffer.from(text).toString("utf8"));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return parsed as Kind;
}
