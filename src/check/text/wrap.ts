import { cellsOf, splitAt } from './cells.ts';

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
  let rest = word;
  while (cellsOf(rest) > cells) {
    const [piece, remainder] = splitAt(rest, cells);
    // A cell too few for the next character: it is left out rather than run over the edge.
    if (piece === '') return [...pieces, ''];
    pieces.push(piece);
    rest = remainder;
  }
  return [...pieces, rest];
}
