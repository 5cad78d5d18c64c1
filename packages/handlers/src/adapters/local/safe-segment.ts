/** A name that came with an event, as one segment of a path. @throws RangeError when it could lead elsewhere */
export function safeSegment(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/.test(name)) return name;
  throw new RangeError(`${JSON.stringify(name)} is no name for a file; wanted letters, digits, "-", "_" and ".".`);
}
