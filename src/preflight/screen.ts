import { joinBlocks, type Line, line, paragraph } from '../terminal/line.ts';
import { wrapStatement } from '../terminal/wrap.ts';
import { countText, timeText } from '../text/quantity.ts';
import { isVisible, span, type Tone, visible } from '../text/visible.ts';
import { type Level, levels, type Status } from './condition.ts';
import type { JudgedOutcome, PreflightReport, Verdict } from './judge.ts';

const verdictWords: Readonly<Record<Verdict, readonly [string, Tone]>> = {
  passed: ['PASSED', 'good'],
  partly: ['PARTLY', 'warning'],
  failed: ['FAILED', 'bad'],
  untold: ['UNTOLD', 'open'],
};

const statusWords: Readonly<Record<Status, readonly [string, Tone]>> = {
  failed: ['failed', 'bad'],
  untold: ['could not be told', 'open'],
  warning: ['warning', 'warning'],
  passed: ['passed', 'good'],
};

const levelTitles: Readonly<Record<Level, string>> = {
  blocker: 'What has to be so',
  permanent: 'What can not be changed afterwards',
  advice: 'Advice',
};

const goalWords = { create: 'creating a link', failover: 'a failover', failback: 'the way back' } as const;
const indent = '  ';
const textIndent = '      ';

export interface PreflightScreen {
  readonly width: number;
  /** Also what is as it should be. */
  readonly isComplete: boolean;
}

/** The screen of `preflight`: what stands in the way first. No line is wider than asked for. */
export function preflightLines(report: PreflightReport, { width, isComplete }: PreflightScreen): readonly Line[] {
  const [word, tone] = verdictWords[report.verdict];
  const databases = report.databases.length === 0 ? '' : `, ${report.databases.join(', ')}`;
  const count = (status: Status): number => report.outcomes.filter((each) => each.status === status).length;
  const counts = (['failed', 'untold', 'warning', 'passed'] as const)
    .filter((status) => count(status) > 0)
    .map((status) => `${count(status)} ${statusWords[status][0]}`);
  const summary = `${timeText(report.generatedAtSeconds)}, ${countText(report.outcomes.length, 'answer')}: ${counts.join(', ')}`;
  const head = [
    line(
      width,
      span(word, tone),
      `  ${goalWords[report.goal]}: ${report.sqlServer} and ${report.managedInstance}${databases}`,
    ),
    ...paragraph(summary, { width, first: '', tone: 'faint' }),
  ];
  const blocks = levels.map((level) =>
    levelLines(
      report.outcomes.filter((each) => each.level === level),
      level,
      { width, isComplete },
    ),
  );
  const hidden =
    isComplete || count('passed') === 0
      ? []
      : [line(width, span(`--all also shows the ${count('passed')} that passed.`, 'faint'))];
  return joinBlocks([head, ...blocks, hidden]);
}

function levelLines(outcomes: readonly JudgedOutcome[], level: Level, screen: PreflightScreen): readonly Line[] {
  const shown = outcomes.filter(({ status }) => screen.isComplete || status !== 'passed');
  if (shown.length === 0) return [];
  const { width } = screen;
  const groups = Map.groupBy(shown, ({ condition, status }) => `${status} ${condition}`);
  return [
    line(width, span(levelTitles[level], 'strong')),
    ...[...groups.values()].flatMap((same) => groupLines(same, width)),
  ];
}

function groupLines(same: readonly JudgedOutcome[], width: number): readonly Line[] {
  const [first] = same;
  if (first === undefined) return [];
  const [word, tone] = statusWords[first.status];
  return [
    ...paragraph(`${word}: ${first.title}`, { width, first: indent, tone }),
    ...same.flatMap((outcome) => outcomeLines(outcome, width)),
    ...paragraph(`(${first.source})`, { width, first: textIndent, tone: 'faint' }),
  ];
}

function outcomeLines({ subject, text, remedy, right }: JudgedOutcome, width: number): readonly Line[] {
  const missing = (right ?? null) === null ? '' : ` Grant ${right}.`;
  const said = paragraph(`${subject}: ${text}${text.includes(`lacks ${right}`) ? '' : missing}`, {
    width,
    first: textIndent,
  });
  return remedy === undefined ? said : [...said, ...statementLines(remedy.server, remedy.statement, width)];
}

function statementLines(server: string, statement: string, width: number): readonly Line[] {
  const wrapped = wrapStatement(statement, width - textIndent.length);
  const where = paragraph(`-- on ${server}`, { width, first: textIndent, maximumLines: 1 });
  if (wrapped === null) {
    const why = isVisible(statement)
      ? 'a name is too long for a line'
      : 'a name has characters that are not shown here';
    return [...where, ...paragraph(`-- ${why}: --json has the statement`, { width, first: textIndent })];
  }
  return [...where, ...wrapped.map((each) => line(width, textIndent, span(visible(each), 'strong')))];
}
