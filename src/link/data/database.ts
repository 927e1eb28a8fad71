import type { Database, DatabaseReplicaState } from '../../model/database.ts';
import type { SeedingAttempt } from '../../model/seeding.ts';
import type { Engine } from '../../model/server.ts';
import type { DatabaseFigures } from '../database-figures.ts';
import type { LogSpace } from '../log-space.ts';
import type { LinkEnd, Transfer } from './end.ts';

/** One database at one end of a link, as that end's server knows it. */
export interface DatabaseEnd {
  /** `name` of the server in the configuration. */
  readonly server: string;
  readonly engine: Engine;
  /** The end's role in the link; null when its row has none. */
  readonly role: string | null;
  /** The row of sys.databases; null when that view was not read or does not show the database. */
  readonly catalog: Database | null;
  /** This end's own copy in the link's group. */
  readonly local: DatabaseReplicaState | null;
  /** The other end's copy, which only a primary has a row for. */
  readonly partner: DatabaseReplicaState | null;
  /** The same copy as `local` in the server's own group: its health is that of the own group, not of the link. */
  readonly own: DatabaseReplicaState | null;
  /**
   * `last_hardened_lsn` of this end's own copy, from its own group's row where the link's says NULL, as that of an
   * asynchronous primary does.
   */
  readonly hardenedLsn: bigint | null;
  /**
   * When the own copy's last commit was made, Unix seconds. A secondary's is in the primary's local time: converted with
   * the primary's offset, and null when the primary was not seen.
   */
  readonly lastCommitTimestampSeconds: number | null;
  /** Only what may be believed. */
  readonly figures: DatabaseFigures;
  /** Its log at this end; null where nothing tells of it. */
  readonly log: LogSpace | null;
}

/** One database of a link, put together from what both ends say. */
export interface LinkDatabase {
  /** The label `database`: unique within the link. The group_database_id where no end gives a name. */
  readonly name: string;
  /** Upper-case GUID; null for a database that only the configuration names. */
  readonly groupDatabaseId: string | null;
  /** Whether the configuration lists it; null when it lists no databases of this link. */
  readonly isExpected: boolean | null;
  /** Whether any end shows it; null when no end could tell. Only an expected database can be absent. */
  readonly isPresent: boolean | null;
  /**
   * Whether the link protects it: both ends have a copy that has joined, or one is being made. False where a finding says
   * that it is at one end only, null where that can't be told.
   */
  readonly isCarried: boolean | null;
  /** Those with a row, in the order of the link's ends. */
  readonly ends: readonly DatabaseEnd[];
  /** What a planned failover asks of this database; those of the whole link are the link's. */
  readonly failoverChecks: readonly FailoverCheck[];
  /** All checks of the link and of this database; false as soon as one failed, null when one is unknown. */
  readonly isFailoverReady: boolean | null;
}

/** How the first copy of one database stands towards its present partner. */
export interface DatabaseSeeding {
  /** The database's name in the link, or its group_database_id where no end names it. */
  readonly database: string;
  /**
   * - `running`, `failed`: the newest attempt, while the copy is absent or being made
   * - `none`: there is a copy, or nothing says that one is made
   * - `unseen`: no end says
   */
  readonly status: 'running' | 'failed' | 'none' | 'unseen';
  /** What the ends say of the attempt behind the status; of `none` the failed attempts that history keeps. */
  readonly told: readonly ToldAttempt[];
}

export interface ToldAttempt {
  readonly end: LinkEnd;
  readonly attempt: SeedingAttempt;
  /** Null where no transfer runs for it. */
  readonly transfer: Transfer | null;
}

/** What a planned failover asks for: a closed set, the values of the label `check`. The first six are of the whole link. */
export const failoverCheckNames = [
  'one_primary',
  'connected',
  'healthy',
  'certificates_valid',
  'version_allows',
  'commit_modes_equal',
  'copy_joined',
  'not_suspended',
  'not_seeding',
  'no_lag',
  'hardened_lsn_equal',
] as const;

export type FailoverCheckName = (typeof failoverCheckNames)[number];

/** One check with its reason in one sentence. `unknown`: a fact that it needs was not seen. */
export interface FailoverCheck {
  readonly check: FailoverCheckName;
  readonly status: 'passed' | 'failed' | 'unknown';
  readonly text: string;
  /** What a failover that is ready would end or take away, for wherever `ready` is said. */
  readonly remark?: string;
}
