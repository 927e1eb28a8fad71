import type { Verdict } from '../../link/link.ts';
import type { ReasonCode } from '../../link/reason.ts';
import { disconnected, notHealthy, partiallyHealthy } from './connection.ts';
import { missing, noPrimary, primaryUnreachable, unknown } from './role.ts';
import { beforeSeedingAgain, seeding, seedingFailed } from './seeding.ts';
import { splitBrain } from './split-brain.ts';
import type { AdviceStep } from './step.ts';

/** What to do about a link, by its verdict. What a suspension asks for depends on its reason: `model/suspend-reason.ts`. */
export const adviceOfVerdict: Readonly<Record<Verdict, readonly AdviceStep[]>> = {
  split_brain: splitBrain,
  missing,
  unknown,
  no_primary: noPrimary,
  primary_unreachable: primaryUnreachable,
  seeding_failed: seedingFailed,
  seeding,
  disconnected,
  suspended: [],
  not_healthy: notHealthy,
  partially_healthy: partiallyHealthy,
  healthy: [],
};

/** What to do before the steps of the errors that are behind the verdict. */
export const adviceBeforeErrors: Readonly<Partial<Record<Verdict, readonly AdviceStep[]>>> = {
  seeding_failed: beforeSeedingAgain,
};

/** What a reason asks for whatever the verdict; its own text says the rest. */
export const adviceOfReason: Readonly<Partial<Record<ReasonCode, AdviceStep>>> = {
  split_brain_not_excluded: {
    text: 'Repair the polling of the other end: until it is seen, a split brain can not be excluded.',
  },
  other_end_not_found: {
    text: 'Add the other end to `servers` in the configuration, or list the link under `links` with its `servers`.',
  },
  other_end_has_no_row: {
    text: 'See whether the link was dropped there, or another node is primary of its availability group: add every node to `servers`.',
  },
  role_not_reported: {
    text: 'Poll the node that is primary of its own availability group: only that one shows the link. Add every node to `servers`.',
  },
  ambiguous_identity: {
    text: 'Let the login see whose group it is.',
    at: 'each_end',
    sql: ['GRANT VIEW ANY DEFINITION TO [<login>];'],
  },
  no_partner_row: {
    text: 'Wait for the other end to join if the link is new; if it is not, it was dropped there.',
  },
  seeding_stalled: {
    text: 'See whether the network or a disk holds it up: the error logs of both ends, and free space at the managed instance. If it stays, delete the link and create it again: seeding starts over.',
    at: 'each_end',
    sql: ['EXEC sys.sp_readerrorlog 0, 1;'],
  },
  database_missing: {
    text: 'Add the database to the availability group at the primary end, or take it out of `databases` in the configuration. A link in single-database mode carries one.',
    at: 'primary',
    sql: ['ALTER AVAILABILITY GROUP [group] ADD DATABASE [database];'],
  },
};
