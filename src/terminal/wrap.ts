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
