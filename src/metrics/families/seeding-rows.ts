import type { Transfer } from '../../link/data/end.ts';
import type { AssessedLink } from '../../link/data/link.ts';
import {
  attemptOfSeeding,
  linkOfGroup,
  seedingDirection,
  runningTransfers as transfersOf,
} from '../../link/seeding.ts';
import type { SeedingAttempt } from '../../model/seeding.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { State } from '../family.ts';
import { type AnsweredServer, answeredServers, oncePerState } from './made-of.ts';

/** What names a database's seeding at one end. `link` and `managed_instance` are empty where the server does not tell them. */
interface SeedingLabels {
  readonly server: string;
  readonly link: string;
  readonly managed_instance: string;
  readonly database: string;
  readonly direction: string;
}

/** One row for one label set. */
interface SeedingRow<Row> {
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

type Views = Snapshot['views'];

/** The database of a transfer: as its link calls it, else what the text in the view stands for, else that text. */
function transferName({ row, attempt }: Transfer, link: AssessedLink | null, views: Views): string {
  const known = nameOf(attempt?.groupDatabaseId ?? null, link, views);
  if (known !== null) return known;
  const text = row.localDatabaseName;
  return text === null ? (attempt?.groupDatabaseId ?? '') : resolved(text, link, views);
}

/** The database of an attempt, which names only its GUID: as its link calls it, else as the transfer of it does. */
function attemptName(attempt: SeedingAttempt, link: AssessedLink, views: Views | undefined): string {
  const { groupDatabaseId } = attempt;
  const known = nameOf(groupDatabaseId, link, views);
  if (known !== null || groupDatabaseId === null || views === undefined) return known ?? groupDatabaseId ?? '';
  const text = (views.physical_seeding_stats ?? [])
    .filter((row) => attemptOfSeeding(row, views.automatic_seeding)?.groupDatabaseId === groupDatabaseId)
    .map((row) => row.localDatabaseName)
    .find((each) => each !== null);
  return text === undefined || text === null ? groupDatabaseId : resolved(text, link, views);
}

/** A managed instance may say the physical name or a GUID in the place of the name. */
function resolved(text: string, link: AssessedLink | null, { databases }: Views): string {
  const key = text.toLowerCase();
  const rows = databases ?? [];
  const row =
    rows.find(({ name }) => name.toLowerCase() === key) ??
    rows.find(({ physicalDatabaseName }) => physicalDatabaseName?.toLowerCase() === key) ??
    rows.find(({ groupDatabaseId }) => groupDatabaseId?.toLowerCase() === key);
  return row?.name ?? nameInLink(text.toUpperCase(), link) ?? text;
}

/** As the link calls a database, else as the server's own catalog does. */
function nameOf(groupDatabaseId: string | null, link: AssessedLink | null, views: Views | undefined): string | null {
  if (groupDatabaseId === null) return null;
  const row = views?.databases?.find((each) => each.groupDatabaseId === groupDatabaseId);
  return nameInLink(groupDatabaseId, link) ?? row?.name ?? null;
}

/** Null for a database that the link knows by its GUID only. */
function nameInLink(groupDatabaseId: string | null, link: AssessedLink | null): string | null {
  if (groupDatabaseId === null) return null;
  const name = link?.databases.find((each) => each.groupDatabaseId === groupDatabaseId)?.name ?? null;
  return name === groupDatabaseId ? null : name;
}
