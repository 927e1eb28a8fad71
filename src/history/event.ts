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
