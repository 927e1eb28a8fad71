import type { Row } from '../../row.ts';
import { blockLsn } from '../log-sequence-number.ts';
import type { DatabaseState } from '../state.ts';
import { type EndView, type LinkView, logAt } from '../view.ts';

const logIntervalMilliseconds = 15 * 60_000;
const fullIntervalMilliseconds = 24 * 3_600_000;
/** More of the history would tell nothing new. */
const logBackupsKept = 4;

interface Backup {
  readonly type: 'D' | 'L';
  readonly fromMilliseconds: number;
  readonly atMilliseconds: number;
}

/**
 * msdb.dbo.backupset: a full backup a day and a backup of the log every quarter of an hour, of the databases that are primary
 * here, where they are taken. Times are the server's local ones.
 */
export function backupRows(view: EndView): readonly Row[] {
  const taken = view.links
    .filter(({ role }) => role === 'PRIMARY')
    .flatMap((link) =>
      link.state.databases.flatMap((database) => backupsOf(view, link).map((backup) => ({ link, database, backup }))),
    );
  return taken.map(({ link, database, backup }, index) => backupRow(view, link, { id: index + 1, database, backup }));
}

function backupsOf({ world }: EndView, link: LinkView): readonly Backup[] {
  const before = (interval: number, milliseconds: number): number => Math.floor(milliseconds / interval) * interval;
  const full = before(fullIntervalMilliseconds, world.nowMilliseconds);
  const lastLog = link.state.lastLogBackupMilliseconds ?? before(logIntervalMilliseconds, world.nowMilliseconds);
  const logs = Array.from({ length: logBackupsKept }, (_, index): Backup => {
    const atMilliseconds = lastLog - (logBackupsKept - 1 - index) * logIntervalMilliseconds;
    return { type: 'L', fromMilliseconds: atMilliseconds - logIntervalMilliseconds, atMilliseconds };
  });
  return [{ type: 'D', fromMilliseconds: full, atMilliseconds: full }, ...logs];
}

function backupRow(
  view: EndView,
  link: LinkView,
  { id, database, backup }: { readonly id: number; readonly database: DatabaseState; readonly backup: Backup },
): Row {
  const { identity } = database;
  const position = (milliseconds: number): number => logAt(view, link, { database, milliseconds });
  const [from, to] = [position(backup.fromMilliseconds), position(backup.atMilliseconds)];
  const size = String(backup.type === 'D' ? identity.sizeBytes : Math.max(to - from, 0));
  return {
    backup_set_id: id,
    media_set_id: id,
    user_name: view.self.version.managedInstance ? 'NT AUTHORITY\\SYSTEM' : 'backup',
    first_lsn: blockLsn(from),
    last_lsn: blockLsn(to),
    database_creation_date: view.local(link.state.identity.createdAtMilliseconds),
    backup_start_date: view.local(backup.atMilliseconds),
    backup_finish_date: view.local(backup.atMilliseconds + 5_000),
    type: backup.type,
    backup_size: size,
    database_name: identity.name,
    server_name: view.self.serverName,
    machine_name: view.self.serverName.split('.')[0] ?? '',
    recovery_model: 'FULL',
    is_copy_only: false,
    compressed_backup_size: size,
  };
}
