/**
 * The export conditions that this process was started with, so that esbuild resolves a package
 * to the same file as Node does.
 *
 * @example activeConditions(["--conditions=development", "-C", "source"], "") // => ["development", "source"]
 */
export function activeConditions(execArgv: readonly string[], nodeOptions: string): readonly string[] {
  const words = [...nodeOptions.split(/\s+/), ...execArgv];
  return words.flatMap((word, index) => {
    const joined = /^(?:--conditions|-C)=(.+)$/.exec(word)?.[1];
    const next = word === "--conditions" || word === "-C" ? words[index + 1] : undefined;
    return joined ?? next ?? [];
  });
}
