import type { Row } from '../row.ts';
import type { Job, JobRun, StepRun } from './job.ts';

/** What the rows of msdb are written with. */
export interface AgentClock {
  readonly nowMilliseconds: number;
  readonly serverName: string;
  readonly sessionId: number;
  readonly agentStartedAtMilliseconds: number;
  readonly local: (unixMilliseconds: number) => string;
  readonly ownerSid: (owner: string) => Uint8Array;
}

type RowsOfJobs = (jobs: readonly Job[], clock: AgentClock) => readonly Row[];

/** What fills each table of SQL Server Agent. */
export const agentRows: ReadonlyMap<string, RowsOfJobs> = new Map<string, RowsOfJobs>([
  ['sysjobs', jobRows],
  ['sysjobs_view', jobRows],
  ['sysjobservers', serverRows],
  ['sysjobsteps', stepRows],
  ['syssessions', sessionRows],
  ['sysjobactivity', activityRows],
  ['sysjobhistory', historyRows],
  ['sysjobstepslogs', logRows],
]);

function jobRows(jobs: readonly Job[], { local, ownerSid }: AgentClock): readonly Row[] {
  return jobs.map((job) => ({
    job_id: job.jobId,
    originating_server_id: 0,
    name: job.name,
    enabled: job.enabled ? 1 : 0,
    description: job.description,
    start_step_id: job.startStepId,
    category_id: 0,
    owner_sid: ownerSid(job.owner),
    delete_level: 0,
    date_created: local(job.createdAtMilliseconds),
    date_modified: local(job.createdAtMilliseconds),
    version_number: 1 + job.steps.length,
  }));
}

function serverRows(jobs: readonly Job[], clock: AgentClock): readonly Row[] {
  return jobs
    .filter(({ hasServer }) => hasServer)
    .map((job) => {
      const last = job.runs.findLast(({ endedAtMilliseconds }) => endedAtMilliseconds <= clock.nowMilliseconds);
      return {
        job_id: job.jobId,
        server_id: 0,
        last_run_outcome: last === undefined ? 5 : Number(last.succeeded),
        last_outcome_message: null,
        ...lastRun(last, clock),
      };
    });
}

function stepRows(jobs: readonly Job[], clock: AgentClock): readonly Row[] {
  return jobs.flatMap((job) =>
    job.steps.map((step) => {
      const last = finished(job, clock).findLast((each) => each.step === step);
      return {
        job_id: job.jobId,
        step_id: step.stepId,
        step_name: step.name,
        subsystem: step.subsystem,
        command: step.command,
        flags: step.flags,
        cmdexec_success_code: 0,
        on_success_action: step.onSuccess,
        on_success_step_id: 0,
        on_fail_action: step.onFail,
        on_fail_step_id: 0,
        database_name: step.databaseName,
        os_run_priority: 0,
        output_file_name: null,
        last_run_outcome: last === undefined ? 5 : Number(last.succeeded),
        ...lastRun(last, clock),
        proxy_id: null,
        step_uid: step.uid,
      };
    }),
  );
}

function lastRun(last: JobRun | StepRun | undefined, clock: AgentClock): Row {
  const { run_duration, run_date, run_time } =
    last === undefined ? { run_duration: 0, run_date: 0, run_time: 0 } : runTimes(last, clock);
  return { last_run_duration: run_duration, last_run_date: run_date, last_run_time: run_time };
}

function sessionRows(_: readonly Job[], { sessionId, agentStartedAtMilliseconds, local }: AgentClock): readonly Row[] {
  return [{ session_id: sessionId, agent_start_date: local(agentStartedAtMilliseconds) }];
}

/** One row for each job of the Agent's session, of its newest run. */
function activityRows(jobs: readonly Job[], { sessionId, nowMilliseconds, local }: AgentClock): readonly Row[] {
  return jobs.map((job) => {
    const run = job.runs.at(-1);
    const done = run?.steps.filter(({ endedAtMilliseconds }) => endedAtMilliseconds <= nowMilliseconds) ?? [];
    const hasEnded = run !== undefined && run.endedAtMilliseconds <= nowMilliseconds;
    const started = run === undefined ? null : local(run.startedAtMilliseconds);
    const last = done.at(-1);
    return {
      session_id: sessionId,
      job_id: job.jobId,
      run_requested_date: started,
      run_requested_source: run === undefined ? null : '4',
      queued_date: null,
      start_execution_date: started,
      last_executed_step_id: last?.step.stepId ?? null,
      last_executed_step_date: last === undefined ? null : local(last.startedAtMilliseconds),
      stop_execution_date: hasEnded ? local(run.endedAtMilliseconds) : null,
      job_history_id: null,
    };
  });
}

/** A row for each step that has ended, and one with the step 0 for a run that has. */
function historyRows(jobs: readonly Job[], clock: AgentClock): readonly Row[] {
  let instanceId = 0;
  return jobs.flatMap((job) =>
    job.runs.flatMap((run) => {
      const steps = run.steps.filter(({ endedAtMilliseconds }) => endedAtMilliseconds <= clock.nowMilliseconds);
      const outcome =
        run.endedAtMilliseconds <= clock.nowMilliseconds ? [{ ...outcomeRow(run), ...runTimes(run, clock) }] : [];
      const rows = [...steps.map((step) => ({ ...stepRow(step), ...runTimes(step, clock) })), ...outcome];
      return rows.map((row) => {
        instanceId += 1;
        return { ...row, instance_id: instanceId, job_id: job.jobId, retries_attempted: 0, server: clock.serverName };
      });
    }),
  );
}

/** History cuts at 4,000 characters. */
const historyLength = 4000;

function stepRow({ step, output, succeeded }: StepRun): Row {
  const said = output.replaceAll('\r\n', '  ').trimEnd();
  const end = succeeded ? 'Process Exit Code 0.  The step succeeded.' : 'Process Exit Code -1.  The step failed.';
  return {
    step_id: step.stepId,
    step_name: step.name,
    sql_message_id: 0,
    sql_severity: 0,
    message: `Executed as user: NT SERVICE\\SQLSERVERAGENT. ${said}.  ${end}`.slice(0, historyLength),
    run_status: Number(succeeded),
  };
}

function outcomeRow({ succeeded }: JobRun): Row {
  return {
    step_id: 0,
    step_name: '(Job outcome)',
    sql_message_id: 0,
    sql_severity: 0,
    message: `The job ${succeeded ? 'succeeded' : 'failed'}.  The Job was invoked by a user.`,
    run_status: Number(succeeded),
  };
}

/** Flags 8 and 16 write the output to the table, the newest alone or one after another. */
function logRows(jobs: readonly Job[], clock: AgentClock): readonly Row[] {
  return jobs.flatMap((job, jobIndex) =>
    job.steps
      .filter(({ flags }) => (flags & 24) !== 0)
      .flatMap((step) => {
        const last = finished(job, clock).findLast((each) => each.step === step);
        if (last === undefined) return [];
        return {
          log_id: jobIndex * 100 + step.stepId,
          log: `Job '${job.name}' : Step ${step.stepId}, '${step.name}' : Began Executing ${clock.local(last.startedAtMilliseconds).replace('T', ' ').slice(0, 19)}\r\n\r\n${last.output}`,
          date_created: clock.local(last.endedAtMilliseconds),
          date_modified: clock.local(last.endedAtMilliseconds),
          log_size: BigInt(last.output.length * 2),
          step_uid: step.uid,
        };
      }),
  );
}

function finished(job: Job, { nowMilliseconds }: AgentClock): readonly StepRun[] {
  return job.runs.flatMap(({ steps }) =>
    steps.filter(({ endedAtMilliseconds }) => endedAtMilliseconds <= nowMilliseconds),
  );
}

/** Dates as yyyymmdd, times and durations as hhmmss, of the server's local clock. */
function runTimes(
  { startedAtMilliseconds, endedAtMilliseconds }: JobRun | StepRun,
  { local }: AgentClock,
): { readonly run_date: number; readonly run_time: number; readonly run_duration: number } {
  const [date = '', time = ''] = local(startedAtMilliseconds).split('T');
  const seconds = Math.round((endedAtMilliseconds - startedAtMilliseconds) / 1000);
  return {
    run_date: Number(date.replaceAll('-', '')),
    run_time: Number(time.slice(0, 8).replaceAll(':', '')),
    run_duration: Math.floor(seconds / 3600) * 10_000 + Math.floor((seconds % 3600) / 60) * 100 + (seconds % 60),
  };
}
