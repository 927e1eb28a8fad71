import type { Transfer } from '../../link/data/end.ts';
import type { AssessedLink } from '../../link/data/link.ts';
import { linkOfGroup, seedingDirection, runningTransfers as transfersOf } from '../../link/seeding.ts';
import type { SeedingAttempt } from '../../model/seeding.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { State } from '../family.ts';
import { type AnsweredServer, answeredServers } from './answered.ts';
import { oncePerState } from './made-of.ts';
import { attemptName, transferName } from './seeding-names.ts';

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

/** The transfers that run now: the view may keep ended ones for a while. */
export const runningTransfers = oncePerState((state): readonly SeedingRow<Transfer>[] =>
  answeredServers(state).flatMap((answered) => {
    const running = transfersOf(answered.state).flatMap((transfer) => transferRow(transfer, answered, state));
    return newest(running, ({ row }) => row.startTimestampSeconds);
  }),
);

/** The newest attempt for each database of each link: the view keeps the older ones too. */
export const newestAttempts = oncePerState((state): readonly SeedingRow<SeedingAttempt>[] => {
  const snapshots = new Map(answeredServers(state).map(({ server, snapshot }) => [server, snapshot]));
  const rows = state.links.flatMap((link) =>
    link.ends.flatMap(({ server, seedingAttempts }) => {
      const views = snapshots.get(server)?.views;
      return seedingAttempts.map((row) => attemptRow(row, { server, link, views }));
    }),
  );
  return newest(rows, ({ startTimestampSeconds }) => startTimestampSeconds);
});

interface AttemptContext {
  readonly server: string;
  readonly link: AssessedLink;
  readonly views: Snapshot['views'] | undefined;
}

function attemptRow(row: SeedingAttempt, { server, link, views }: AttemptContext): SeedingRow<SeedingAttempt> {
  const database = attemptName(row, link, views);
  const direction = seedingDirection(null, row.isSource);
  return { labels: { server, link: link.name, managed_instance: link.managedInstance, database, direction }, row };
}

/** Nothing for the transfer of an ordinary group: it is no link's. */
function transferRow(
  transfer: Transfer,
  { server, snapshot }: AnsweredServer,
  { links }: State,
): readonly SeedingRow<Transfer>[] {
  const { row, attempt } = transfer;
  const groups = snapshot.views.availability_groups;
  const link = attempt?.groupId ? linkOfGroup(links, server, attempt.groupId) : null;
  if (link === null && groups?.some(({ groupId }) => groupId === attempt?.groupId)) return [];
  const labels: SeedingLabels = {
    server,
    link: link?.name ?? '',
    managed_instance: link?.managedInstance ?? '',
    database: transferName(transfer, link, snapshot.views),
    direction: seedingDirection(row.role, attempt?.isSource ?? null),
  };
  return [{ labels, row: transfer }];
}

/** Keeps the row that started last for each label set; of rows that started together the first one. */
function newest<Row>(
  rows: readonly SeedingRow<Row>[],
  startOf: (row: Row) => number | null,
): readonly SeedingRow<Row>[] {
  const start = (row: Row): number => startOf(row) ?? Number.NEGATIVE_INFINITY;
  const kept = new Map<string, SeedingRow<Row>>();
  for (const candidate of rows) {
    const key = JSON.stringify(Object.values(candidate.labels));
    const other = kept.get(key);
    if (other === undefined || start(candidate.row) > start(other.row)) kept.set(key, candidate);
  }
  return [...kept.values()];
}
