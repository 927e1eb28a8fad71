import { createAgain, readPartnerLog } from '../../model/errors/step.ts';
import type { AdviceStep } from './step.ts';
import { stepsOfTexts } from './text.ts';

/** Microsoft's troubleshooting article: seeding can't be resumed, and a cut log breaks it with 1408 or 1412. */
export const seeding: readonly AdviceStep[] = [
  {
    text: 'Let it run: it can not be resumed, so a restart of either end starts it over. Azure gives a link up after 6 days.',
  },
  {
    text: 'Pause log backups of the database at the primary until seeding has ended, and watch its log: a cut log ends seeding with error 1408 or 1412.',
    at: 'primary',
    sql: ['DBCC SQLPERF(LOGSPACE);'],
  },
];

/** Comes before what the error's own entry in the catalogue says: that ends with making the link anew. */
export const beforeSeedingAgain: readonly AdviceStep[] = stepsOfTexts([readPartnerLog], 'secondary');

export const seedingFailed: readonly AdviceStep[] = [
  {
    text: 'See that the group may create databases at {secondary}: without that grant every attempt fails there.',
    at: 'secondary',
    sql: ['ALTER AVAILABILITY GROUP [group] GRANT CREATE ANY DATABASE;'],
  },
  ...stepsOfTexts([createAgain], 'secondary'),
  {
    text: 'Before it is created again, remove on {secondary}, and only there, what the failed attempt left of the database. Never at the primary: there it is the one that is in use.',
  },
];

/** A transfer that runs and does not move. */
export const seedingStalled: readonly AdviceStep[] = [
  {
    text: 'See whether the network or a disk holds it up: the error logs of both ends, and free space at {secondary}. If it stays, the database has to be seeded anew: take it out of the ordinary group at {primary} and add it again, or, where the link has no other database, delete the link and create it again.',
    at: 'each_end',
    sql: ['EXEC sys.sp_readerrorlog 0, 1;'],
  },
];
