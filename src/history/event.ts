import { betweenText } from '../link/words.ts';

/** Everything of which changes are kept: a closed set, so that programs can rely on it. `words.ts` says each in words. */
export const eventKinds = [
  'verdict',
  'finding',
  'role',
  'connection',
  'health',
  'suspension',
  'seeding',
  'error',
  'certificate',
  'endpoint',
  'configuration',
  'poll',
  'view',
  'objective',
  'exporter',
] as const;

export type EventKind = (typeof eventKinds)[number];

/** What something is about; what it is not about is null. */
export interface Subject {
  /** The link's name; with `managedInstance`, which is empty where no end can tell. */
  readonly link: string | null;
  readonly managedInstance: string | null;
  /** `name` in the configuration. */
  readonly server: string | null;
  readonly database: string | null;
  readonly certificate: string | null;
}

export const nothing: Subject = { link: null, managedInstance: null, server: null, database: null, certificate: null };

/** Something changed. Times are Unix seconds by the clock of the exporter unless it says otherwise. */
export interface HistoryEvent extends Subject {
  readonly kind: EventKind;
  /** Tells things of one kind apart: the code of a finding, the number of an error, a view, a group_id. Empty: there is one. */
  readonly name: string;
  /** Null: nothing was known before. */
  readonly from: string | null;
  readonly to: string;
  /** When the last reading that showed the former value began; null: there was none. */
  readonly afterSeconds: number | null;
  /** When the first reading that showed the new value had ended. */
  readonly bySeconds: number;
  /** The server's own time of it, by its own clock; null where it gives none. */
  readonly saidSeconds: number | null;
}

/** The value of a finding, a certificate and the like that is not there any more. */
export const endedValue = 'ended';

/** What can't be told now: of objectives. */
export const unseenValue = 'unseen';

/** Longer texts of servers are cut: no name of SQL Server has more than 128 characters. */
const maximumCharacters = 400;

/** A text as an event keeps it. */
export function kept(text: string): string {
  return text.length <= maximumCharacters ? text : `${text.slice(0, maximumCharacters).toWellFormed()}...`;
}

/** Whether people want to read of it: that a figure is not told for a while is for the service levels only. */
export function isForPeople({ kind, from, to }: HistoryEvent): boolean {
  return kind !== 'objective' || to === 'missed' || (from === 'missed' && to !== unseenValue);
}

/** When it happened: between two readings, or by the server's own clock. */
export function whenText({ afterSeconds, bySeconds, saidSeconds }: HistoryEvent): string {
  const own = saidSeconds === null ? null : at(saidSeconds);
  if (own !== null) return `${own} UTC by the server's own clock`;
  if (afterSeconds === null) return `seen by ${at(Math.ceil(bySeconds))} UTC`;
  return betweenText({ afterTimestampSeconds: afterSeconds, byTimestampSeconds: bySeconds });
}

function at(seconds: number): string {
  if (!(Math.abs(seconds) <= 8.64e12)) return 'a time that is out of range';
  return new Date(Math.floor(seconds) * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

/** What happened, in a sentence without its end. */
export function whatText(event: HistoryEvent): string {
  const { kind, to, from } = event;
  const subject = subjects[kind](event);
  if (kind === 'finding') return findingText(event);
  if (kind === 'error' && event.name !== 'last_connect_error')
    return `${subject} logged ${event.name}${to === '' ? '' : `: ${to}`}`;
  if (kind === 'error') return `${subject} is ${to}`;
  if (kind === 'exporter') return `the exporter ${to}`;
  if (to === endedValue) return `${subject} is not there any more (was ${from ?? 'not known'})`;
  return `${subject} is ${readable(kind, to)}${from === null ? '' : ` (was ${readable(kind, from)})`}`;
}

function readable(kind: EventKind, value: string): string {
  return kind === 'verdict' ? value.replaceAll('_', ' ') : value;
}

function findingText({ name, from, to, server, database, certificate }: HistoryEvent): string {
  const about = [database, certificate, server].filter((each) => each !== null).join(' at ');
  const what = `${name.replaceAll('_', ' ')}${about === '' ? '' : ` (${about})`}`;
  if (to === endedValue) return `${what} is over`;
  return from === null ? `${what}, ${to}` : `${what} is ${to} (was ${from})`;
}

const subjects: Readonly<Record<EventKind, (event: HistoryEvent) => string>> = {
  verdict: () => 'the link',
  finding: ({ name }) => name,
  role: ({ server }) => server ?? 'an end',
  connection: ({ server }) => `the partner, as ${server} says,`,
  health: ({ server, name }) =>
    name === 'partner' ? `the health of the partner of ${server}` : `the health of ${server}`,
  suspension: ({ server, database }) => `data movement of ${database} at ${server}`,
  seeding: ({ server, database }) => `the first copy of ${database}, as ${server} says,`,
  error: ({ server, name }) => (name === 'last_connect_error' ? `the last connect error of ${server}` : `${server}`),
  certificate: ({ server, certificate }) => `certificate ${certificate} at ${server}`,
  endpoint: ({ server, name }) => `endpoint ${name} at ${server}`,
  configuration: ({ server, database, name }) => (database === null ? `${name} of ${server}` : `database ${database}`),
  poll: ({ server }) => `the poll of ${server}`,
  view: ({ server, name }) => `view ${name} of ${server}`,
  objective: ({ name }) => `the objective for ${name.replaceAll('_', ' ')}`,
  exporter: () => 'the exporter',
};
