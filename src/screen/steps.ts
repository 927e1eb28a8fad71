import type { NextStep } from '../check/report/report.ts';
import { type Line, line, paragraph } from '../terminal/line.ts';
import { wrapStatement } from '../terminal/wrap.ts';
import type { Statement } from '../text/tsql.ts';
import { isVisible, span, visible } from '../text/visible.ts';

const maximumStatements = 8;
const statementIndent = '       ';

/** Numbered steps; statements stand alone on their lines, to be pasted. */
export function stepLines(
  steps: readonly NextStep[],
  { width, firstNumber = 1 }: { readonly width: number; readonly firstNumber?: number },
): readonly Line[] {
  return steps.flatMap((step, index) => {
    const number = `${String(firstNumber + index).padStart(3)}. `;
    return [...paragraph(step.text, { width, first: number }), ...statementLines(step, width)];
  });
}

function statementLines({ servers, statements }: NextStep, width: number): readonly Line[] {
  if (statements.length === 0) return [];
  const shown = statements.slice(0, maximumStatements);
  const hidden = statements.slice(maximumStatements);
  // A comment, so that it may be pasted with the rest.
  const where =
    servers.length === 0
      ? []
      : paragraph(`on ${servers.join(', ')}`, { width, first: `${statementIndent}-- `, maximumLines: 1 });
  return [
    ...where,
    ...shown.flatMap((statement) => oneStatement(statement, width)),
    ...(hidden.length === 0
      ? []
      : [line(width, `${statementIndent}-- and ${hidden.length} more: --json has them all`)]),
  ];
}

/**
 * A name that is too long, or that can't be printed, would be spoilt by the screen: the statement keeps its placeholder
 * then, and says so.
 */
function oneStatement({ text, template }: Statement, width: number): readonly Line[] {
  const room = width - statementIndent.length;
  const whole = wrapStatement(text, room);
  const lines = whole ?? wrapStatement(template, room) ?? [];
  const why = isVisible(text) ? 'a name is too long for a line' : 'a name has characters that are not shown here';
  const note =
    whole === null ? paragraph(`${why}: --json has the statement`, { width, first: `${statementIndent}-- ` }) : [];
  return [...note, ...lines.map((each) => line(width, statementIndent, span(visible(each), 'strong')))];
}
