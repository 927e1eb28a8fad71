import { checkJson } from '../../check/json.ts';
import type { CheckReport } from '../../check/report/report.ts';
import { endingLines, screenLines } from '../../screen/screen.ts';
import { type Line, line, renderLine } from '../../terminal/line.ts';
import { span } from '../../text/visible.ts';
import type { Terminal } from '../command.ts';

/** A screen is never wider: people read it in a terminal of 80 columns, and paste it into tickets. */
const maximumColumns = 80;
const minimumColumns = 60;

/** Control Sequences of ECMA-48. */
const home = '\u001b[H';
const eraseLine = '\u001b[K';
const eraseBelow = '\u001b[J';

/** How a report is written. */
export interface Output {
  /** Once, at the end of the command. */
  readonly write: (report: CheckReport) => void;
  /** Again and again: in place on a terminal, else one after another. `note` is the last line of a screen. */
  readonly refresh: (report: CheckReport, note: string) => void;
  /** The same for lines that somebody else put together. */
  readonly writeLines: (lines: readonly Line[]) => void;
  readonly refreshLines: (lines: readonly Line[], note: string) => void;
  readonly writeJson: (json: string) => void;
  /** How wide a screen is. */
  readonly columns: () => number;
  /** Says that something is waited for, until `write` or null; nothing unless somebody is looking. */
  readonly announce: (text: string | null) => void;
}

export function createOutput(terminal: Terminal, isJson: boolean): Output {
  return isJson ? jsonOutput(terminal) : screenOutput(terminal);
}

function jsonOutput({ writeOut }: Terminal): Output {
  return {
    write: (report) => writeOut(`${checkJson(report, { isPretty: true })}\n`),
    // One document per line, for programs that read a stream.
    refresh: (report) => writeOut(`${checkJson(report, { isPretty: false })}\n`),
    writeLines: () => undefined,
    refreshLines: () => undefined,
    writeJson: (json) => writeOut(`${json}\n`),
    columns: () => maximumColumns,
    announce: () => undefined,
  };
}

function screenOutput(terminal: Terminal): Output {
  const { writeOut, screenSize } = terminal;
  const canMove = screenSize() !== null && terminal.environment.TERM !== 'dumb';
  const hasColour = canMove && (terminal.environment.NO_COLOR ?? '') === '';
  const width = (): number => columnsOf(screenSize()?.columns);
  const rendered = (lines: readonly Line[]): readonly string[] => lines.map((each) => renderLine(each, hasColour));
  let isAnnounced = false;
  let isFirst = true;
  const writeLines = (lines: readonly Line[]): void => {
    const clear = isAnnounced ? `\r${eraseLine}` : '';
    const again = endingLines(lines, screenSize()?.rows || Number.POSITIVE_INFINITY);
    writeOut(`${clear}${rendered([...lines, ...again]).join('\n')}\n`);
  };
  const refreshLines = (lines: readonly Line[], note: string): void => {
    const footer = line(width(), span(note, 'faint'));
    if (canMove) {
      const shown = fitRows([...lines, [], footer], { rows: screenSize()?.rows || 24, width: width() });
      const body = rendered(shown).map((each) => `${each}${eraseLine}\n`);
      writeOut(`${home}${isFirst ? eraseBelow : ''}${body.join('')}${eraseBelow}`);
    } else {
      writeOut(`${isFirst ? '' : `\n${'-'.repeat(width())}\n`}${rendered(lines).join('\n')}\n`);
    }
    isFirst = false;
  };
  return {
    write: (report) => writeLines(screenLines(report, { width: width() })),
    refresh: (report, note) => refreshLines(screenLines(report, { width: width() }), note),
    writeLines,
    refreshLines,
    writeJson: (json) => writeOut(`${json}\n`),
    columns: width,
    announce: (text) => {
      if (!canMove) return;
      isAnnounced = text !== null;
      writeOut(text ?? `\r${eraseLine}`);
    },
  };
}

function columnsOf(columns: number | undefined): number {
  // Some terminals do not know their size and say 0.
  if (!columns) return maximumColumns;
  return Math.min(maximumColumns, Math.max(minimumColumns, columns));
}

/** A screen that scrolls can't be refreshed in place: what does not fit is left out, the last line stays. */
function fitRows(
  lines: readonly Line[],
  { rows, width }: { readonly rows: number; readonly width: number },
): readonly Line[] {
  // The cursor stands below the last line.
  const room = Math.max(4, rows - 1);
  if (lines.length <= room) return lines;
  const hidden = lines.length - room + 2;
  const more = line(width, span(`... ${hidden} more lines: enlarge the terminal, or choose with --link`, 'strong'));
  return [...lines.slice(0, room - 2), more, ...lines.slice(-1)];
}
