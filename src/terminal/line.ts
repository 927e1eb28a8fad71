import { type Cell, type Span, span, type Tone, visible } from '../text/visible.ts';
import { cellsOf, pad, truncate } from './cells.ts';
import { wrap } from './wrap.ts';

/** One line of the screen. */
export type Line = readonly Span[];

/** A line of pieces, cut off at the width. */
export function line(width: number, ...parts: readonly (string | Span)[]): Line {
  let left = width;
  const spans: Span[] = [];
  for (const part of parts) {
    const { text, tone } = typeof part === 'string' ? span(part) : part;
    const shown = truncate(text, left);
    // Every cell of what is kept is counted, so that the next piece starts where this one ends.
    left -= cellsOf(shown);
    if (shown !== '') spans.push({ text: shown, tone });
    if (shown !== text || left <= 0) break;
  }
  return spans;
}

const emptyLine: Line = [];

/** Blocks of lines with an empty line between them; empty blocks leave no trace. */
export function joinBlocks(blocks: readonly (readonly Line[])[]): readonly Line[] {
  return blocks
    .filter((block) => block.length > 0)
    .flatMap((block, index) => (index === 0 ? block : [emptyLine, ...block]));
}

/** Where a paragraph goes: `first` begins it, and the lines after it are indented as far. */
interface Paragraph {
  readonly width: number;
  readonly first: string;
  readonly tone?: Tone;
  /** More lines are cut off. */
  readonly maximumLines?: number;
}

/** A text over as many lines as it needs. */
export function paragraph(text: string, { width, first, tone = 'plain', maximumLines }: Paragraph): readonly Line[] {
  const indent = ' '.repeat(first.length);
  const wrapped = wrap(visible(text), Math.max(1, width - first.length));
  const kept = wrapped.slice(0, maximumLines ?? wrapped.length);
  if (kept.length < wrapped.length) kept.push(`${kept.pop() ?? ''} ...`);
  return kept.map((each, index) => line(width, index === 0 ? first : indent, span(each, tone)));
}

/** Select Graphic Rendition (ECMA-48): only the eight colours that every terminal and theme has. */
const codes: Readonly<Record<Tone, string | null>> = {
  plain: null,
  strong: '1',
  faint: '2',
  good: '32',
  warning: '33',
  bad: '1;31',
  open: '35',
};

/** The line as text, with its colours where they are wanted. */
export function renderLine(spans: Line, hasColour: boolean): string {
  return spans
    .map(({ text, tone }) => {
      const code = codes[tone];
      return hasColour && code !== null ? `\u001b[${code}m${text}\u001b[0m` : text;
    })
    .join('')
    .trimEnd();
}

interface Column {
  readonly heading: string;
  /** Numbers stand on the right. */
  readonly align?: 'left' | 'right';
  /** Gives way first when the table is too wide: names, of which the beginning says most. */
  readonly isName?: boolean;
}

const indent = '  ';
const gap = '  ';
const smallestNameCells = 8;

/** Columns under their headings, each as wide as its widest cell; too long ones are cut off, names first. */
export function table(width: number, columns: readonly Column[], rows: readonly (readonly Cell[])[]): readonly Line[] {
  const cells = rows.map((row) => columns.map((_, index) => toSpan(row[index] ?? '')));
  const widths = fit(
    columns.map((column, index) =>
      Math.max(cellsOf(column.heading), ...cells.map((row) => cellsOf(row[index]?.text ?? ''))),
    ),
    { columns, available: width - indent.length - gap.length * (columns.length - 1) },
  );
  const head = columns.map(({ heading }) => span(heading, 'faint'));
  return [head, ...cells].map((row) =>
    line(
      width,
      indent,
      ...row.flatMap(({ text, tone }, index): Span[] => {
        const cell = pad(truncate(text, widths[index] ?? 0), widths[index] ?? 0, columns[index]?.align);
        return [{ text: index === 0 ? cell : `${gap}${cell}`, tone }];
      }),
    ),
  );
}

function toSpan(cell: Cell): Span {
  return typeof cell === 'string' ? span(cell) : cell;
}

interface Room {
  readonly columns: readonly Column[];
  readonly available: number;
}

function fit(natural: readonly number[], { columns, available }: Room): readonly number[] {
  const widths = [...natural];
  while (widths.reduce((sum, each) => sum + each, 0) > available) {
    const names = widths.map((each, index) => (columns[index]?.isName && each > smallestNameCells ? each : 0));
    const candidates = names.some((each) => each > 0) ? names : widths;
    const widest = candidates.indexOf(Math.max(...candidates));
    if ((widths[widest] ?? 0) <= 1) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}
