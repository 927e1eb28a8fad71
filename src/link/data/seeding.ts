import type { SeedingAttempt } from '../../model/seeding.ts';
import type { LinkEnd, Transfer } from './end.ts';

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
