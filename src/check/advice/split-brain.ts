import { type AdviceStep, plannedFailover } from './step.ts';

/**
 * Microsoft's procedure after a forced failover whose old primary came back: save what the old primary has, take its role
 * away, fail over as planned if wanted. Which end is the old primary is not in any view: a person has to say.
 */
export const splitBrain: readonly AdviceStep[] = [
  {
    text: 'Find out who forced a failover, and to which end: that end is normally the one to keep. The other is the old primary: stop the applications that write there, now.',
  },
  {
    text: 'If {sql_server} is the old primary: save what only it has with a tail-log backup, then take its role away. Its own writes are dropped from its copy after that; they are in the backup.',
    at: 'sql_server',
    sql: ["BACKUP LOG [database] TO DISK = N'<file>.trn';", 'ALTER AVAILABILITY GROUP [link] SET (ROLE = SECONDARY);'],
  },
  {
    text: 'If {managed_instance} is the old primary instead: save what only it has with a copy-only full backup, then take its role away.',
    at: 'managed_instance',
    sql: [
      "BACKUP DATABASE [database] TO URL = N'https://<account>.blob.core.windows.net/<container>/<file>.bak' WITH COPY_ONLY;",
      'ALTER AVAILABILITY GROUP [link] SET (ROLE = SECONDARY);',
    ],
  },
  {
    text: 'Wait until the link is healthy. If a database shows SUSPENDED, resume it at that end. Then bring over by hand what is missing, from the backup restored under another name.',
    sql: ['ALTER DATABASE [database] SET HADR RESUME;'],
  },
  plannedFailover,
];
