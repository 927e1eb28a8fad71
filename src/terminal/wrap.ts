import { isVisible } from '../text/visible.ts';
import { cellsOf } from './cells.ts';

/** Breaks a text at its spaces into lines of at most so many cells; a longer word is broken anywhere. */
export function wrap(text: string, cells: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((each) => each !== '')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (cellsOf(joined) <= cells) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = breakWord(word, cells);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return line === '' ? lines : [...lines, line];
}

function breakWord(word: string, cells: number): readonly string[] {
  const pieces: string[] = [];
  let [start, end, used] = [0, 0, 0];
  for (const character of word) {
    const more = cellsOf(character);
    if (used + more > cells) {
      // A cell too few for the next character: it is left out rather than run over the edge.
      if (start === end) return [...pieces, ''];
      pieces.push(word.slice(start, end));
      [start, used] = [end, 0];
    }
    end += character.length;
    used += more;
  }
  return [...pieces, word.slice(start)];
}

/** What ends a quoted name and a quoted text. */
const closing: Readonly<Record<string, string>> = { '[': ']', "'": "'" };

/**
 * Words that a line's end may stand between: quoted names and texts are one with what touches them. One that is not
 * closed goes on to the end: nothing in it may be broken either.
 */
function wordsOf(statement: string): readonly string[] {
  const words: string[] = [];
  let start = 0;
  for (let at = 0; at <= statement.length; ) {
    const character = statement.charAt(at);
    if (character.trim() !== '') {
      at = afterQuoted(statement, at);
      continue;
    }
    if (at > start) words.push(statement.slice(start, at));
    at += 1;
    start = at;
  }
  return words;
}

/** Behind the quoted name or text that starts here; behind this character when none does. */
function afterQuoted(statement: string, start: number): number {
  const close = closing[statement.charAt(start)];
  if (close === undefined) return start + 1;
  for (let at = start + 1; ; ) {
    const end = statement.indexOf(close, at);
    if (end < 0) return statement.length;
    if (statement.charAt(end + 1) !== close) return end + 1;
    at = end + 2;
  }
}

/**
 * A statement in lines of at most so many cells, to be pasted as it is. Null when that can't be: a quoted name that is
 * too long must not be broken, and one with control characters must not be printed.
 */
export function wrapStatement(statement: string, cells: number): readonly string[] | null {
  const lines: string[] = [];
  for (const each of wordsOf(statement)) {
    const last = lines.at(-1);
    const joined = `${last} ${each}`;
    if (last !== undefined && cellsOf(joined) <= cells) lines[lines.length - 1] = joined;
    else lines.push(last === undefined ? each : `  ${each}`);
  }
  return lines.every((line) => cellsOf(line) <= cells && isVisible(line)) ? lines : null;
}
