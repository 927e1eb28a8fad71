import { quoteText } from '../text/tsql.ts';
import { addJob, addServer, addStep, removeJob, startJob, stepsFor } from './job.ts';
import type { Target } from './target.ts';

/**
 * The whole test of one direction as a batch to run by hand: it waits with a limit, reads the log of its own run, and removes
 * its job whatever came of it.
 */
export function directionScript(name: string, targets: readonly Target[], limitSeconds: number): string {
  const steps = stepsFor(targets);
  return [
    `DECLARE @until datetime = DATEADD(second, ${limitSeconds}, GETDATE());`,
    `${addJob(name)};`,
    ...steps.map((step) => `${addStep(name, step, step === steps.at(-1))};`),
    `${addServer(name)};`,
    `${startJob(name)};`,
    'WHILE GETDATE() < @until AND NOT EXISTS (',
    '    SELECT 1 FROM msdb.dbo.sysjobactivity AS activity',
    '    INNER JOIN msdb.dbo.sysjobs AS jobs ON jobs.job_id = activity.job_id',
    `    WHERE jobs.name = ${quoteText(name)} AND activity.stop_execution_date IS NOT NULL`,
    '    AND activity.session_id = (SELECT MAX(session_id) FROM msdb.dbo.syssessions))',
    "    WAITFOR DELAY '00:00:01';",
    'SELECT steps.step_name, logs.log, logs.date_modified FROM msdb.dbo.sysjobs AS jobs',
    '    INNER JOIN msdb.dbo.sysjobsteps AS steps ON steps.job_id = jobs.job_id',
    '    LEFT JOIN msdb.dbo.sysjobstepslogs AS logs ON logs.step_uid = steps.step_uid',
    `    WHERE jobs.name = ${quoteText(name)} ORDER BY steps.step_id;`,
    `${removeJob(name)};`,
    '',
  ].join('\n');
}
