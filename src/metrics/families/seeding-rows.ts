import { attemptOfSeeding, linkOfGroup, seedingDirection } from '../../link/seeding.ts';
import type { PhysicalSeeding, SeedingAttempt } from '../../model/seeding.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { State } from '../family.ts';
import { type AnsweredServer, answeredServers } from './answered.ts';

/** What names a database's seeding at one end. `link` and `managed_instance` are empty where the server does not tell them. */
export interface SeedingLabels {
  readonly server: string;
  readonly link: string;
  readonly managed_instance: string;
  readonly database: string;
  readonly direction: string;
}

/** One row for one label set. */
export interface SeedingRow<Row> {
  readonly labels: SeedingLabels;
  readonly row: Row;
}

type LinkLabels = Pick<SeedingLabels, 'link' | 'managed_instance'>;

/** The transfers that run now: the view may keep ended ones for a while. */
export function runningTransfers(state: State): readonly SeedingRow<PhysicalSeeding>[] {
  return answeredServers(state).flatMap((answered) => {
    const running = (answered.snapshot.views.physical_seeding_stats ?? [])
      .filter(({ endTimestampSeconds }) => endTimestampSeconds === null)
      .flatMap((row) => transferRow(row, answered, state));
    return newest(running);
  });
}

/** The newest attempt for each database of each link: the view keeps the older ones too. */
export function newestAttempts(state: State): readonly SeedingRow<SeedingAttempt>[] {
  const names = new Map(answeredServers(state).map(({ server, snapshot }) => [server, databaseNames(snapshot)]));
  const rows = state.links.flatMap((link) =>
    link.ends.flatMap(({ server, seedingAttempts }) =>
      seedingAttempts.map((row) => {
        const id = row.groupDatabaseId ?? '';
        const database = names.get(server)?.get(id) ?? id;
        const direction = seedingDirection(null, row.isSource);
        return {
          labels: { server, link: link.name, managed_instance: link.managedInstance, database, direction },
          row,
        };
      }),
    ),
  );
  return newest(rows);
}

/** Nothing for the transfer of an ordinary group: it is no link's. */
function transferRow(
  row: PhysicalSeeding,
  { server, snapshot }: AnsweredServer,
  { links }: State,
): readonly SeedingRow<PhysicalSeeding>[] {
  const { automatic_seeding: attempts, availability_groups: groups } = snapshot.views;
  const attempt = attemptOfSeeding(row, attempts);
  const link = attempt?.groupId ? linkOfGroup(links, server, attempt.groupId) : null;
  if (link === null && groups?.some(({ groupId }) => groupId === attempt?.groupId)) return [];
  const linkLabels: LinkLabels = { link: link?.name ?? '', managed_instance: link?.managedInstance ?? '' };
  const database = row.localDatabaseName ?? attempt?.groupDatabaseId ?? '';
  const direction = seedingDirection(row.role, attempt?.isSource ?? null);
  return [{ labels: { server, ...linkLabels, database, direction }, row }];
}

/** Names by group_database_id, from the transfers that the view still holds: attempts name no database. */
function databaseNames({ views }: Snapshot): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const transfer of views.physical_seeding_stats ?? []) {
    const id = attemptOfSeeding(transfer, views.automatic_seeding)?.groupDatabaseId ?? null;
    if (id !== null && transfer.localDatabaseName !== null) names.set(id, transfer.localDatabaseName);
  }
  return names;
}

/** Keeps the row that started last for each label set; of rows that started together the first one. */
function newest<Row extends { readonly startTimestampSeconds: number | null }>(
  rows: readonly SeedingRow<Row>[],
): readonly SeedingRow<Row>[] {
  const kept = new Map<string, SeedingRow<Row>>();
  for (const candidate of rows) {
    const key = JSON.stringify(Object.values(candidate.labels));
    const other = kept.get(key);
    if (other === undefined || startOf(candidate.row) > startOf(other.row)) kept.set(key, candidate);
  }
  return [...kept.values()];
}

function startOf({ startTimestampSeconds }: { readonly startTimestampSeconds: number | null }): number {
  return startTimestampSeconds ?? Number.NEGATIVE_INFINITY;
}
