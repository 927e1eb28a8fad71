import type { CopyReport, DatabaseReport, LinkReport, LogReport } from '../check/report/report.ts';
import { compareNatural } from '../link/compare.ts';
import { bytesText, countText, durationText } from '../text/quantity.ts';
import { type Cell, span } from '../text/visible.ts';
import type { EndFacts } from './ends.ts';
import { orDash } from './state.ts';

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

/** The rows of the table, those that are not in order first; none of a link of which no end was seen. */
export function databaseRows(link: LinkReport): readonly DatabaseRow[] {
  if (!link.ends.some(({ state }) => state === 'seen')) return [];
  const databases = link.databases.toSorted((one, other) => compareNatural(one.name, other.name));
  const rows = databases.flatMap((database) => rowsOf(database, link));
  return rows.toSorted((one, other) => Number(one.isGood) - Number(other.isGood));
}

/** Said where these rows are older than the rest of the screen. */
export function databaseAgeTexts({ ends }: LinkReport, { servers, nowSeconds }: EndFacts): readonly string[] {
  return servers
    .filter(({ name, state }) => state === 'polled' && ends.some(({ server }) => server === name))
    .flatMap(({ name, databasesReadTimestampSeconds: read, lastSuccessTimestampSeconds: success }) => {
      if (read === null || success === null || success - read < noteworthyAgeSeconds) return [];
      return [`what ${name} says of databases is ${durationText(nowSeconds - read)} old`];
    });
}

interface DatabaseRow {
  readonly cells: readonly Cell[];
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

const maximumTexts = 4;
const noteworthySeconds = 86_400;

/** The logs of primaries that are kept for the other end or will be full within a day, the most urgent first. */
export function logTexts(databases: readonly DatabaseReport[]): readonly string[] {
  const noted = databases
    .flatMap(({ name, logs }) => logs.map((log) => ({ name, log })))
    .filter(({ log }) => log.role === 'PRIMARY' && (isHeld(log) || left(log) < noteworthySeconds))
    .toSorted((one, other) => left(one.log) - left(other.log) || share(other.log) - share(one.log));
  const hidden = noted.length - maximumTexts;
  return [
    ...noted.slice(0, maximumTexts).map(({ name, log }) => logText(name, log)),
    ...(hidden <= 0 ? [] : [`and ${countText(hidden, 'more log')}: --json has them all`]),
  ];
}

/** The limit is that of the files: how much their disk has is not known. */
function logText(name: string, log: LogReport): string {
  const { server, usedBytes, limitBytes, timeLeftSeconds } = log;
  const used =
    usedBytes === null
      ? 'not known how full'
      : limitBytes === null || limitBytes === 0
        ? `${bytesText(usedBytes)} used`
        : `${Math.floor((usedBytes / limitBytes) * 100)} % of ${bytesText(limitBytes)}`;
  const parts = [
    `log of ${name} on ${server}: ${used}`,
    ...(timeLeftSeconds === null
      ? []
      : [`full in ${durationText(timeLeftSeconds)} at the present rate, before that if its disk is smaller`]),
    ...(isHeld(log) ? ['kept for a copy that has not got it (AVAILABILITY_REPLICA)'] : []),
  ];
  return `${parts.join(', ')}.`;
}

function isHeld({ reuseWait }: LogReport): boolean {
  return reuseWait === 'AVAILABILITY_REPLICA';
}

function left({ timeLeftSeconds }: LogReport): number {
  return timeLeftSeconds ?? Number.MAX_VALUE;
}

function share({ usedBytes, limitBytes }: LogReport): number {
  return usedBytes === null || limitBytes === null || limitBytes === 0 ? 0 : usedBytes / limitBytes;
}
