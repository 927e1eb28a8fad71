import type { Transfer } from '../../link/data/end.ts';
import type { AssessedLink } from '../../link/data/link.ts';
import { attemptOfSeeding } from '../../link/seeding.ts';
import type { SeedingAttempt } from '../../model/seeding.ts';
import type { Snapshot } from '../../model/snapshot.ts';

type Views = Snapshot['views'];

/** The database of a transfer: as its link calls it, else what the text in the view stands for, else that text. */
export function transferName({ row, attempt }: Transfer, link: AssessedLink | null, views: Views): string {
  const known = nameOf(attempt?.groupDatabaseId ?? null, link, views);
  if (known !== null) return known;
  const text = row.localDatabaseName;
  return text === null ? (attempt?.groupDatabaseId ?? '') : resolved(text, link, views);
}

/** The database of an attempt, which names only its GUID: as its link calls it, else as the transfer of it does. */
export function attemptName(attempt: SeedingAttempt, link: AssessedLink, views: Views | undefined): string {
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
