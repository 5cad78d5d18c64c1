/** What a process needs that is not the author's to say: where programs, homes and temporary files lie, how text is read. */
const passedOn = [
  "PATH",
  "HOME",
  "USER",
  "SHELL",
  "LANG",
  "LC_ALL",
  "TZ",
  "TMPDIR",
  "TEMP",
  "TMP",
  "SystemRoot",
  "ComSpec",
  "PATHEXT",
  "USERPROFILE",
  "APPDATA",
  "LOCALAPPDATA",
];

export type Environment = Readonly<Record<string, string | undefined>>;

/** @param values  text, or `env:NAME`; a name that is not set is left out */
export function environmentOf(values: Readonly<Record<string, string>>, own: Environment): Record<string, string> {
  const needed = passedOn.map((name) => [name, own[name]] as const);
  return { ...known(needed), ...valuesOf(values, own) };
}

/** @param values  text, or `env:NAME`; a name that is not set is left out */
export function valuesOf(values: Readonly<Record<string, string>>, own: Environment): Record<string, string> {
  return known(Object.entries(values).map(([name, value]) => [name, valueOf(value, own)]));
}

function known(entries: readonly (readonly [string, string | undefined])[]): Record<string, string> {
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** @returns `undefined` for `env:NAME` when there is no such variable */
export function valueOf(value: string, own: Environment): string | undefined {
  return value.startsWith("env:") ? own[value.slice("env:".length)] : value;
}
