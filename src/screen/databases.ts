import type { CopyReport, DatabaseReport, LinkReport } from '../check/report/report.ts';
import { compareNatural } from '../link/order.ts';
import { type Line, line, paragraph, type Span, span } from '../terminal/line.ts';
import { table } from '../terminal/table.ts';
import { bytesText, countText, durationText, timeText } from '../text/quantity.ts';
import type { EndScene } from '../words/ends.ts';
import { logTexts } from '../words/logs.ts';
import { orDash } from '../words/state.ts';

/** A screen holds no more; programs get all of them. */
const maximumRows = 12;
const maximumOwnRows = 4;
const noteworthyAgeSeconds = 30;

/** The columns of `databaseRows`. */
export const databaseColumns = [
  { heading: 'database', isName: true },
  { heading: 'copy at', isName: true },
  { heading: 'state' },
  { heading: 'lag', align: 'right' },
  { heading: 'to send', align: 'right' },
  { heading: 'to redo', align: 'right' },
] as const;

/** Per database the copy that matters: the secondary's, as the primary tells it, else as it tells itself. */
export function databaseLines(link: LinkReport, scene: EndScene): readonly Line[] {
  const { width } = scene;
  const sorted = databaseRows(link);
  if (sorted.length === 0) return [];
  const shown = sorted.slice(0, maximumRows);
  const hidden = sorted.slice(maximumRows);
  const bad = hidden.filter(({ isGood }) => !isGood).length;
  const rest = bad === 0 ? 'all in order' : `${bad} of them not in order`;
  return [
    ...table(
      width,
      databaseColumns,
      shown.map(({ cells }) => cells),
    ),
    ...(hidden.length === 0
      ? []
      : [line(width, span(`  and ${countText(hidden.length, 'more row')}, ${rest}: --json has them all`, 'faint'))]),
    ...databaseAgeTexts(link, scene).flatMap((text) => paragraph(text, { width, first: '  ', tone: 'warning' })),
    ...moreLines(link, width),
    ...logTexts(link.databases).flatMap((text) => paragraph(text, { width, first: '  ', tone: 'warning' })),
  ];
}

/** The rows of the table, those that are not in order first; none of a link of which no end was seen. */
export function databaseRows(link: LinkReport): readonly DatabaseRow[] {
  if (!link.ends.some(({ state }) => state === 'seen')) return [];
  const databases = link.databases.toSorted((one, other) => compareNatural(one.name, other.name));
  const rows = databases.flatMap((database) => rowsOf(database, link));
  return rows.toSorted((one, other) => Number(one.isGood) - Number(other.isGood));
}

/** Said where these rows are older than the rest of the screen. */
export function databaseAgeTexts(
  { ends }: LinkReport,
  { servers, nowSeconds }: Pick<EndScene, 'servers' | 'nowSeconds'>,
): readonly string[] {
  return servers
    .filter(({ name, state }) => state === 'polled' && ends.some(({ server }) => server === name))
    .flatMap(({ name, databasesReadTimestampSeconds: read, lastSuccessTimestampSeconds: success }) => {
      if (read === null || success === null || success - read < noteworthyAgeSeconds) return [];
      return [`what ${name} says of databases is ${durationText(nowSeconds - read)} old`];
    });
}

export interface DatabaseRow {
  readonly cells: readonly (string | Span)[];
  readonly isGood: boolean;
}

function rowsOf({ name, copies, isPresent }: DatabaseReport, { seedings, ends }: LinkReport): readonly DatabaseRow[] {
  const told = tellingCopies(copies);
  if (told.length > 0) return told.map((copy) => rowOf(name, copy));
  const seeding = seedings.find(({ database }) => database === name);
  const state =
    isPresent === false
      ? span('not in the link', 'bad')
      : seeding?.status === 'running'
        ? span('being seeded', 'warning')
        : span('no copy was seen', 'bad');
  const [holder, ...others] = ends.filter(({ role }) => role !== 'PRIMARY');
  const where = holder !== undefined && others.length === 0 ? holder.server : '-';
  return [{ cells: [name, where, state, '-', '-', '-'], isGood: false }];
}

/** Of the copies beside the primary's own. In a split brain each primary tells of the other's. */
export function tellingCopies(copies: readonly CopyReport[]): readonly CopyReport[] {
  const partners = copies.filter(({ isOwn }) => !isOwn);
  return partners.length > 0 ? partners : copies.filter(({ toldByRole }) => toldByRole !== 'PRIMARY');
}

/** What a decision between the two ends rests on. */
function moreLines({ verdict, databases, findings }: LinkReport, width: number): readonly Line[] {
  // There is no failover of half a link.
  if (findings.some(({ code }) => code === 'dropped_at_one_end')) return [];
  switch (verdict) {
    case 'split_brain':
      return ownLines(databases, lastCommit, width);
    case 'no_primary':
      return ownLines(databases, hardenedLsn, width);
    case 'primary_unreachable':
      return ownLines(databases, lastHardened, width);
    default:
      return lossLines(databases, width);
  }
}

function rowOf(name: string, copy: CopyReport): DatabaseRow {
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

function lossLines(databases: readonly DatabaseReport[], width: number): readonly Line[] {
  const text = dataLossText(databases);
  return text === null ? [] : paragraph(text, { width, first: '  ', tone: 'warning' });
}

function isBeingUndone({ synchronizationState, estimatedDataLossSeconds }: CopyReport): boolean {
  return (
    estimatedDataLossSeconds !== null &&
    (synchronizationState === 'REVERTING' || synchronizationState === 'INITIALIZING')
  );
}

/** What a forced failover would cost; null where it would cost nothing worth a line. */
export function dataLossText(databases: readonly DatabaseReport[]): string | null {
  const losses = databases.flatMap(({ name, copies }) =>
    copies.flatMap(({ estimatedDataLossSeconds: seconds }) => (seconds === null ? [] : [{ name, seconds }])),
  );
  const [worst] = losses.toSorted((one, other) => other.seconds - one.seconds);
  if (worst === undefined || worst.seconds < 10) return null;
  const which = databases.length === 1 ? '' : ` of ${worst.name}`;
  const undone = databases.find(({ copies }) => copies.some(isBeingUndone));
  // A failover to such a copy would leave a database that does not start.
  if (undone !== undefined)
    return `No failover now: the copy of ${undone.name} is being undone and would not start. The link is ${durationText(worst.seconds)} behind.`;
  return `A forced failover now would lose about the last ${durationText(worst.seconds)} of commits${which}.`;
}

/** What each end says of its own copy: what drifted apart, whether they are equal, how far a survivor came. */
function ownLines(
  databases: readonly DatabaseReport[],
  { what, value }: { readonly what: string; readonly value: (copy: CopyReport) => string | null },
  width: number,
): readonly Line[] {
  return databases.slice(0, maximumOwnRows).flatMap(({ name, copies }) => {
    const values = copies.flatMap((copy) => {
      const text = copy.isOwn ? value(copy) : null;
      return text === null ? [] : paragraph(`${copy.server} ${text}`, { width, first: '    ' });
    });
    return values.length === 0 ? [] : [...paragraph(`${name}, ${what}:`, { width, first: '  ' }), ...values];
  });
}

const lastCommit = {
  what: 'last commit',
  value: (copy: CopyReport) => instantText(copy.lastCommitTimestampSeconds),
};
const lastHardened = {
  what: 'last log that reached it',
  value: (copy: CopyReport) => instantText(copy.lastHardenedTimestampSeconds),
};
const hardenedLsn = {
  what: 'last hardened LSN',
  value: (copy: CopyReport) => (copy.hardenedLsn === null ? null : String(copy.hardenedLsn)),
};

function instantText(timestampSeconds: number | null): string | null {
  return timestampSeconds === null ? null : timeText(timestampSeconds);
}
