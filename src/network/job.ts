import { quoteName, quoteText } from '../text/tsql.ts';
import type { Target } from './target.ts';

/**
 * Every statement of `test-network` that changes a server. Each is undone by `removeJob`, or by `dropEndpoint` and
 * `dropCertificate`; SECURITY.md lists them with the test that sees it.
 */

/** What everything that a run makes is called: nobody else's job begins so. */
export const namePrefix = 'milink-exporter test-network ';
/** Stands in the description of a job, so that a job of that name is known as ours. */
export const marker = 'Made by milink-exporter test-network, and removed by it.';

/** What runs one test of one place. */
interface TestStep {
  readonly stepId: number;
  readonly target: Target;
  /** `test`: Microsoft's own, which says whether the port answers; `reason`: why it does not. */
  readonly kind: 'test' | 'reason';
  readonly command: string;
}

/** How long the second step waits for an answer. */
const answerMilliseconds = 10_000;
/** Begins the line in which the second step says what it met. */
export const reasonWord = 'milink: ';

/** Two steps for each place. */
export function stepsFor(targets: readonly Target[]): readonly TestStep[] {
  return targets.flatMap((target, index) => [
    { stepId: index * 2 + 1, target, kind: 'test' as const, command: testCommand(target) },
    { stepId: index * 2 + 2, target, kind: 'reason' as const, command: reasonCommand(target) },
  ]);
}

/** As Microsoft's page has it: support knows it, and its properties are not translated. */
function testCommand({ host, port }: Target): string {
  return `tnc ${host} -port ${port} | select ComputerName, RemoteAddress, TcpTestSucceeded | Format-List`;
}

/** Test-NetConnection does not tell refused from silent. No `$(`: SQL Server Agent would take it for one of its tokens. */
function reasonCommand({ host, port }: Target): string {
  const connect = `$client.ConnectAsync('${host}', ${port}).Wait(${answerMilliseconds})`;
  const [open, silent] = ['Connected', 'NoAnswer'].map((word) => `{ '${reasonWord}' + '${word}' }`);
  const failure = `{ '${reasonWord}' + $_.Exception.GetBaseException().SocketErrorCode }`;
  return `try { $client = New-Object System.Net.Sockets.TcpClient; if (${connect}) ${open} else ${silent} } catch ${failure}`;
}

export function addJob(name: string): string {
  return `EXEC msdb.dbo.sp_add_job @job_name = ${quoteText(name)}, @enabled = 1, @description = ${quoteText(marker)}`;
}

/** Each step goes on to the next one whatever it found; its output goes to the log table (8), which is read. */
export function addStep(name: string, { stepId, target, kind, command }: TestStep, isLast: boolean): string {
  const [success, fail] = isLast ? [1, 2] : [3, 3];
  return [
    `EXEC msdb.dbo.sp_add_jobstep @job_name = ${quoteText(name)}, @step_id = ${stepId}`,
    `@step_name = ${quoteText(`${kind} ${target.place} ${target.port}`)}`,
    `@subsystem = N'PowerShell', @database_name = N'master', @flags = 8`,
    `@on_success_action = ${success}, @on_fail_action = ${fail}`,
    `@command = ${quoteText(command)}`,
  ].join(', ');
}

export function addServer(name: string): string {
  return `EXEC msdb.dbo.sp_add_jobserver @job_name = ${quoteText(name)}, @server_name = N'(local)'`;
}

export function startJob(name: string): string {
  return `EXEC msdb.dbo.sp_start_job @job_name = ${quoteText(name)}`;
}

export function stopJob(name: string): string {
  return `EXEC msdb.dbo.sp_stop_job @job_name = ${quoteText(name)}`;
}

export function removeJob(name: string): string {
  return `EXEC msdb.dbo.sp_delete_job @job_name = ${quoteText(name)}, @delete_unused_schedule = 1`;
}

/** Of a few days, so that even a forgotten one is soon worth nothing. `expiry` is yyyymmdd, which no language misreads. */
export function createCertificate(name: string, expiry: string): string {
  return `CREATE CERTIFICATE ${quoteName(name)} WITH SUBJECT = N'milink-exporter test-network', EXPIRY_DATE = N'${expiry}'`;
}

export function createEndpoint(name: string, port: number): string {
  return [
    `CREATE ENDPOINT ${quoteName(name)} STATE = STARTED AS TCP (LISTENER_PORT = ${port}, LISTENER_IP = ALL)`,
    `FOR DATABASE_MIRRORING (ROLE = ALL, AUTHENTICATION = CERTIFICATE ${quoteName(name)}, ENCRYPTION = REQUIRED ALGORITHM AES)`,
  ].join(' ');
}

export function dropEndpoint(name: string): string {
  return `DROP ENDPOINT ${quoteName(name)}`;
}

export function dropCertificate(name: string): string {
  return `DROP CERTIFICATE ${quoteName(name)}`;
}

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
