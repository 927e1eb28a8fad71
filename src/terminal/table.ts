import { type Cell, type Span, span } from '../text/visible.ts';
import { cellsOf, pad, truncate } from './cells.ts';
import { type Line, line } from './line.ts';

export interface Column {
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
