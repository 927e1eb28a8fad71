import type { AssessedLink } from '../../../link/data/link.ts';
import type { ServerState } from '../../../model/server-state.ts';

/**
 * The statements of this program that can lose data, or a copy that may be needed: nowhere else does one stand.
 * `earn.ts` decides whether one may be shown; each has a query that proves its precondition and stands before it.
 */
export const losingStatements = {
  /** Makes a secondary end primary and drops what only the other end has. */
  force_failover: {
    statement: 'ALTER AVAILABILITY GROUP [link] FORCE_FAILOVER_ALLOW_DATA_LOSS;',
    proof:
      "SELECT d.name, r.role_desc, r.connected_state_desc, s.synchronization_state_desc, s.database_state_desc, s.last_received_time, s.last_hardened_time, s.last_hardened_lsn, GETDATE() AS now FROM sys.availability_groups AS g JOIN sys.dm_hadr_availability_replica_states AS r ON r.group_id = g.group_id AND r.is_local = 1 LEFT JOIN sys.dm_hadr_database_replica_states AS s ON s.group_id = g.group_id AND s.is_local = 1 LEFT JOIN sys.databases AS d ON d.database_id = s.database_id WHERE g.name = N'<link>';",
  },
  /** Takes the primary role away: what only this end wrote is dropped from its copy. */
  demote: {
    statement: 'ALTER AVAILABILITY GROUP [link] SET (ROLE = SECONDARY);',
    proof: "RESTORE VERIFYONLY FROM DISK = N'<file>.trn';",
  },
  /** Removes half of a link; the databases of a secondary serve nobody afterwards. */
  drop_group: {
    statement: 'DROP AVAILABILITY GROUP [link];',
    proof:
      "SELECT g.name, r.role_desc, r.connected_state_desc FROM sys.availability_groups AS g LEFT JOIN sys.dm_hadr_availability_replica_states AS r ON r.group_id = g.group_id AND r.is_local = 1 WHERE g.is_distributed = 1 AND g.name = N'<link>';",
  },
  /** Drops an imported public key; without its successor the ends no longer trust each other. */
  drop_imported_certificate: {
    statement: 'DROP CERTIFICATE [certificate];',
    proof:
      "SELECT c.name, c.pvt_key_encryption_type_desc, c.thumbprint, e.name AS endpoint FROM sys.certificates AS c LEFT JOIN sys.database_mirroring_endpoints AS e ON e.certificate_id = c.certificate_id WHERE c.name = N'<certificate>';",
  },
} as const satisfies Readonly<Record<string, LosingStatement>>;

interface LosingStatement {
  readonly statement: string;
  /** Read only. */
  readonly proof: string;
}

export type LosingKind = keyof typeof losingStatements;

/** A backup at a managed instance can only go to a URL. */
export const proofOfUrlBackup =
  "RESTORE VERIFYONLY FROM URL = N'https://<account>.blob.core.windows.net/<container>/<file>.bak';";

/**
 * What only ever reads. ALTER DATABASE ... REMOVE FILE is refused by SQL Server while the file holds anything (error 5042),
 * so it is no losing statement.
 */
const losing =
  /FORCE_FAILOVER_ALLOW_DATA_LOSS|\bSET \(ROLE\b|\bDROP (?:AVAILABILITY|DATABASE|CERTIFICATE|ENDPOINT|TABLE|LOGIN|USER|MASTER)\b|\bREMOVE DATABASE\b|\bREMOVE REPLICA\b|\bRESTORE (?:DATABASE|LOG)\b|\bSET PARTNER OFF\b|\bSET HADR OFF\b|\bDELETE FROM\b|\bTRUNCATE TABLE\b|\bSET \(?OFFLINE\b|\bWITH REPLACE\b/;

/** Whether a piece of T-SQL can lose data or a copy. */
export function isLosing(sql: string): boolean {
  return losing.test(sql);
}

const reading =
  /^(?:\/\* \([a-z]\) \*\/ )?(?:SELECT\b|DBCC SQLPERF\b|EXEC sys\.sp_readerrorlog\b|EXEC sp_get_endpoint_certificate\b|RESTORE (?:VERIFYONLY|HEADERONLY|FILELISTONLY)\b)/;

/** Whether a statement changes something at the server; everything that is not known to only read does. */
export function changesServer(statement: string): boolean {
  return !reading.test(statement);
}

/** What was seen: the link with its findings, and every server's state. */
export interface Sight {
  readonly link: AssessedLink;
  readonly servers: readonly ServerState[];
}

/** A statement that may be shown for this server, with what speaks for it; or why it may not. */
export type Earned =
  | { readonly isEarned: true; readonly server: string; readonly text: string }
  | { readonly isEarned: false; readonly text: string };

export function refused(text: string): Earned {
  return { isEarned: false, text };
}

export function earned(server: string, text: string): Earned {
  return { isEarned: true, server, text };
}
