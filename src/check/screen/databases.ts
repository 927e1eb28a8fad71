import type { CopyReport, DatabaseReport, LinkReport } from '../report/report.ts';
import { bytesText, countText, durationText, timeText } from '../text/quantity.ts';
import { type Line, line, paragraph, type Span, span } from './line.ts';
import { table } from './table.ts';
import { orDash } from './words.ts';

/** A screen holds no more; programs get all of them. */
const maximumRows = 12;
const maximumCommitRows = 4;

const columns = [
  { heading: 'database', isName: true },
  { heading: 'copy at', isName: true },
  { heading: 'state' },
  { heading: 'lag', align: 'right' },
  { heading: 'to send', align: 'right' },
  { heading: 'to redo', align: 'right' },
] as const;

/** Per database the copy that matters: the secondary's, as the primary tells it, else as it tells itself. */
export function databaseLines({ databases, verdict }: LinkReport, width: number): readonly Line[] {
  const rows = databases.flatMap((database) => rowsOf(database).map((row) => ({ database, ...row })));
  if (rows.length === 0) return [];
  // What is not in order must be among those that are shown.
  const sorted = rows.toSorted((one, other) => Number(one.isGood) - Number(other.isGood));
  const shown = sorted.slice(0, maximumRows);
  const hidden = sorted.slice(maximumRows);
  const bad = hidden.filter(({ isGood }) => !isGood).length;
  const rest = bad === 0 ? 'all in order' : `${bad} of them not in order`;
  return [
    ...table(
      width,
      columns,
      shown.map(({ cells }) => cells),
    ),
    ...(hidden.length === 0
      ? []
      : [line(width, span(`  and ${countText(hidden.length, 'more row')}, ${rest}: --json has them all`, 'faint'))]),
    ...(verdict === 'split_brain' ? commitLines(databases, width) : lossLines(databases, width)),
  ];
}

interface Row {
  readonly cells: readonly (string | Span)[];
  readonly isGood: boolean;
}

function rowsOf({ name, copies, isPresent }: DatabaseReport): readonly Row[] {
  const told = tellingCopies(copies);
  if (told.length > 0) return told.map((copy) => rowOf(name, copy));
  if (isPresent === false) return [{ cells: [name, '', span('not in the link', 'bad')], isGood: false }];
  return [{ cells: [name, '', span('not seen', 'open')], isGood: false }];
}

/** In a split brain each primary tells of the other's copy. */
export function tellingCopies(copies: readonly CopyReport[]): readonly CopyReport[] {
  const partners = copies.filter(({ isOwn }) => !isOwn);
  if (partners.length > 0) return partners;
  const secondaries = copies.filter(({ toldByRole }) => toldByRole !== 'PRIMARY');
  return secondaries.length > 0 ? secondaries : copies;
}

function rowOf(name: string, copy: CopyReport): Row {
  const { server, lagSeconds, sendQueueBytes, redoQueueBytes } = copy;
  const isGood = copy.health === 'HEALTHY' && copy.isSuspended !== true;
  return {
    cells: [
      name,
      server ?? 'other end',
      span(stateText(copy), isGood ? 'plain' : 'bad'),
      orDash(lagSeconds, durationText),
      orDash(sendQueueBytes, bytesText),
      orDash(redoQueueBytes, bytesText),
    ],
    isGood,
  };
}

function stateText({ isSuspended, synchronizationState, databaseState }: CopyReport): string {
  if (isSuspended === true) return 'SUSPENDED';
  const state = synchronizationState ?? 'not reported';
  return databaseState === null || databaseState === 'ONLINE' ? state : `${state}, ${databaseState}`;
}

/** What a forced failover would cost, where it would cost something worth a line. */
function lossLines(databases: readonly DatabaseReport[], width: number): readonly Line[] {
  const losses = databases.flatMap(({ name, copies }) =>
    copies.flatMap(({ estimatedDataLossSeconds: seconds }) => (seconds === null ? [] : [{ name, seconds }])),
  );
  const [worst] = losses.toSorted((one, other) => other.seconds - one.seconds);
  if (worst === undefined || worst.seconds < 10) return [];
  const which = databases.length === 1 ? '' : ` of ${worst.name}`;
  const text = `A forced failover now would lose about the last ${durationText(worst.seconds)} of commits${which}.`;
  return paragraph(text, { width, first: '  ', tone: 'warning' });
}

/** When each end last committed: what drifted apart, and since when. */
function commitLines(databases: readonly DatabaseReport[], width: number): readonly Line[] {
  return databases.slice(0, maximumCommitRows).flatMap(({ name, copies }) => {
    const commits = copies.flatMap(({ isOwn, server, lastCommitTimestampSeconds: commit }) =>
      isOwn && commit !== null ? [`${server} ${timeText(commit)}`] : [],
    );
    if (commits.length === 0) return [];
    return paragraph(`${name}, last commit: ${commits.join(', ')}`, { width, first: '  ' });
  });
}
