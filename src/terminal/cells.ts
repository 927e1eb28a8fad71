/**
 * Code points that terminals draw over two cells: East Asian Wide and Fullwidth of Unicode's EastAsianWidth.txt, in whole
 * blocks, and the symbols that are drawn as emoji. Blocks hold a few narrow ones: counting too many only wastes a cell.
 */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1d300, 0x1d37f],
  [0x1f000, 0x1faff],
  [0x20000, 0x3fffd],
];

/** Turns a symbol before it into an emoji, which most terminals draw one cell wider. */
const emojiSelector = 0xfe0f;

/** Stands for what was cut off. ASCII: the width of the single character differs between terminals. */
const ellipsis = '...';

/**
 * How many cells of a terminal a text takes, at most: sequences that some terminals join into one symbol are counted
 * part by part. The text must hold no control characters: see `visible`.
 */
export function cellsOf(text: string): number {
  let cells = 0;
  for (const character of text) cells += cellsOfCharacter(character);
  return cells;
}

function cellsOfCharacter(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (code === emojiSelector) return 1;
  if (/^[\p{Mn}\p{Me}]$/u.test(character)) return 0;
  if (wideRanges.some(([first, last]) => code >= first && code <= last)) return 2;
  return /^\p{Emoji_Presentation}$/u.test(character) ? 2 : 1;
}

/** The beginning of a text that fits into so many cells, with `...` at its end when something was cut off. */
export function truncate(text: string, cells: number): string {
  if (cellsOf(text) <= cells) return text;
  const mark = ellipsis.slice(0, Math.max(0, Math.min(ellipsis.length, cells - 1)));
  return `${splitAt(text, cells - mark.length)[0]}${mark}`;
}

/** Cuts a text in two where the first part still fits into so many cells. */
export function splitAt(text: string, cells: number): readonly [string, string] {
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += cellsOfCharacter(character);
    if (used > cells) break;
    end += character.length;
  }
  return [text.slice(0, end), text.slice(end)];
}

/** Adds spaces up to so many cells, on the right, or on the left for numbers. */
export function pad(text: string, cells: number, align: 'left' | 'right' = 'left'): string {
  const spaces = ' '.repeat(Math.max(0, cells - cellsOf(text)));
  return align === 'left' ? `${text}${spaces}` : `${spaces}${text}`;
}
