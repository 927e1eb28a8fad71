import type { SqlErrorDescription } from './description.ts';

const seen = {
  seenIn: ['statement'],
  severity: 'warning',
  isLinkError: false,
  end: 'managed_instance',
  isAlsoOfOthers: true,
} as const;

const showKey =
  'See what encrypts it: `SELECT DB_NAME(database_id) AS name, encryption_state, encryptor_type FROM sys.dm_database_encryption_keys;`';

const saveRows =
  'Or save what has to be saved without a backup: export it with bcp or SqlPackage, or copy the rows over a linked server.';

/** A backup by hand that the managed instance refuses: mostly met where the rows of an old primary have to be saved. */
export const backupErrors: readonly SqlErrorDescription[] = [
  {
    ...seen,
    number: 41904,
    name: 'only_copy_only_backups',
    meaning: 'A managed instance takes full backups with COPY_ONLY only, where people start them.',
    likelyCauses: ['The statement has no COPY_ONLY, or asks for a log or differential backup.'],
    whatToDo: [
      "Add it: `BACKUP DATABASE [database] TO URL = N'https://<account>.blob.core.windows.net/<container>/<file>.bak' WITH COPY_ONLY;`",
      saveRows,
    ],
  },
  {
    ...seen,
    number: 41922,
    name: 'backup_needs_own_key',
    meaning: 'The database is encrypted with a key of the service, and such a database cannot be backed up by hand.',
    likelyCauses: ['Transparent data encryption with the service-managed key, which is how a managed instance begins.'],
    whatToDo: [
      showKey,
      'Give the instance a key of your own in Azure Key Vault, which encrypts the databases anew under it.',
      'Or turn the encryption of this database off for the backup, then go on as with 41938: `ALTER DATABASE [database] SET ENCRYPTION OFF;`',
      saveRows,
    ],
  },
  {
    ...seen,
    number: 41937,
    name: 'backup_waits_for_log_backup',
    meaning: 'A copy-only backup has to wait for the next log backup that the service takes.',
    likelyCauses: ['The encryption of the database was changed a short time ago.'],
    whatToDo: ['Wait for the next log backup, some ten minutes, and run it again.', saveRows],
    unverified: 'The cause, and how often the service backs up the log, rest on general knowledge.',
  },
  {
    ...seen,
    number: 41938,
    name: 'encryption_key_still_there',
    meaning: 'A copy-only backup is refused because the database still has its encryption key.',
    likelyCauses: ['Encryption was turned off, and the key was not removed from the database afterwards.'],
    whatToDo: [
      showKey,
      'Wait until `encryption_state` is 1, remove the encryption key in that database, and run the backup again.',
      saveRows,
    ],
  },
];
