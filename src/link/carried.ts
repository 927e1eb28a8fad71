import type { LinkEnd } from './data/end.ts';
import type { Finding } from './data/finding.ts';
import type { DatabaseSeeding } from './data/seeding.ts';
import type { FoundDatabase } from './databases.ts';
import type { FindingCode } from './findings/kinds.ts';
import { copyOf } from './seeding-status.ts';

/** What says of a database that it is at one end only. */
const atOneEnd: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'database_missing',
  'database_unprotected',
  'database_orphaned',
  'seeding_failed',
]);

interface CarriedScene {
  readonly ends: readonly LinkEnd[];
  readonly seedings: ReadonlyMap<string, DatabaseSeeding>;
  readonly findings: readonly Finding[];
}

/** Whether the link protects a database: see `LinkDatabase.isCarried`. */
export function isCarried(database: FoundDatabase, { ends, seedings, findings }: CarriedScene): boolean | null {
  if (database.isPresent !== true) return database.isPresent;
  if (findings.some(({ code, scope }) => scope.database === database.name && atOneEnd.has(code))) return false;
  if (seedings.get(database.name)?.status === 'running') return true;
  return copyOf(database, ends) === 'present' ? true : null;
}
