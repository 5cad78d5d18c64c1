/** How wide a text is and where it breaks, without a browser: a rough width of each letter, the same on every machine. */

const widthsByLetter: readonly (readonly [letters: RegExp, widthEm: number])[] = [
  // Chinese, Japanese, Korean, and what else fills a square; pictures too.
  [/[\u2e80-\ud7ff\uf900-\ufaff\ufe30-\uffdc]|\p{Extended_Pictographic}/u, 1.05],
  [/[iljtfrI.,:;'`|!()[\] ]/, 0.33],
  [/[mwMW@%↻×≥≤]/, 0.88],
  [/[A-Z]/, 0.68],
];

/** @returns pixels; a little more than most fonts need */
export function textWidth(text: string, fontSizePx: number): number {
  const em = Array.from(text).reduce((sum, letter) => {
    const width = widthsByLetter.find(([letters]) => letters.test(letter))?.[1] ?? 0.57;
    return sum + width;
  }, 0);
  return Math.ceil(em * fontSizePx);
}

/**
 * Breaks a text between words; a word that is longer than a line also behind `.`, `_` and the like and before capitals,
 * as names have them. What does not fit is cut off by `…`.
 *
 * @param most  lines
 */
export function breakLines(text: string, widthCharacters: number, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const parts = word.length <= widthCharacters ? [word] : word.split(/(?<=[._:/-])|(?<=[a-z0-9])(?=[A-Z])/);
    for (const [index, part] of parts.entries()) {
      const last = lines.at(-1);
      const gap = index === 0 ? " " : "";
      if (last !== undefined && last.length + gap.length + part.length <= widthCharacters) {
        lines[lines.length - 1] = `${last}${gap}${part}`;
      } else {
        lines.push(part);
      }
    }
  }
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), `${lines[most - 1]?.replace(/,$/, "")} …`];
}
