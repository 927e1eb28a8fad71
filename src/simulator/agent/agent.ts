import { randomUUID } from 'node:crypto';
import type { Row } from '../row.ts';
import type { SqlErrorInfo } from '../session.ts';
import { type Job, type JobStep, type Runner, runJob } from './job.ts';
import { type AgentClock, agentRows } from './rows.ts';

/** Who asks: the login, and whether it is sysadmin. */
export interface Caller {
  readonly login: string;
  readonly isAdministrator: boolean;
}

/** A job by its name or its id, as the procedures take one. */
export interface JobName {
  readonly name: string | null;
  readonly jobId: string | null;
}

/** SQL Server Agent of one server: its jobs outlive connections and restarts. Times in Unix milliseconds. */
export interface Agent {
  /** The id of the new job. */
  readonly addJob: (
    caller: Caller,
    job: {
      readonly name: string;
      readonly description: string;
      readonly enabled: boolean;
      readonly owner: string | null;
    },
  ) => string | SqlErrorInfo;
  readonly addStep: (
    caller: Caller,
    job: JobName,
    step: Omit<JobStep, 'uid' | 'stepId'> & { readonly stepId: number | null },
  ) => SqlErrorInfo | null;
  readonly addServer: (caller: Caller, job: JobName) => SqlErrorInfo | null;
  readonly update: (
    caller: Caller,
    job: JobName,
    change: { readonly startStepId: number | null; readonly enabled: boolean | null },
  ) => SqlErrorInfo | null;
  readonly start: (caller: Caller, job: JobName) => SqlErrorInfo | null;
  readonly stop: (caller: Caller, job: JobName) => SqlErrorInfo | null;
  readonly remove: (caller: Caller, job: JobName) => SqlErrorInfo | null;
  /** The rows of a table of msdb that this caller sees; null for a table that is not the Agent's. */
  readonly rows: (table: string, caller: Caller | null) => readonly Row[] | null;
}

/** What the Agent rests on, asked anew each time. */
export interface AgentOptions {
  readonly runner: () => Runner;
  readonly clock: () => Omit<AgentClock, 'sessionId' | 'ownerSid'>;
  /** Jobs that are there from the beginning; their owner is sa. */
  readonly leftOverJobs: () => readonly string[];
}

export function createAgent(options: AgentOptions): Agent {
  const jobs: Job[] = [];
  const removedLeftOvers = new Set<string>();
  const all = (): readonly Job[] => {
    for (const name of options.leftOverJobs()) {
      if (!removedLeftOvers.has(name) && !jobs.some((job) => job.name === name)) jobs.push(leftOver(name, options));
    }
    return jobs;
  };
  const find = (caller: Caller, { name, jobId }: JobName): Job | undefined =>
    all().find(
      (job) =>
        (jobId !== null ? job.jobId === jobId : job.name.toLowerCase() === name?.toLowerCase()) &&
        isVisible(caller, job),
    );
  const withJob = (caller: Caller, wanted: JobName, act: (job: Job) => SqlErrorInfo | null): SqlErrorInfo | null => {
    const job = find(caller, wanted);
    return job === undefined ? unknownJob(wanted) : act(job);
  };
  return {
    addJob: (caller, { name, description, enabled, owner }) => {
      if (all().some((job) => job.name.toLowerCase() === name.toLowerCase())) return jobExists(name);
      if (owner !== null && owner.toLowerCase() !== caller.login.toLowerCase() && !caller.isAdministrator)
        return notOwner();
      const jobId = randomUUID().toUpperCase();
      const { nowMilliseconds } = options.clock();
      jobs.push({
        ...emptyJob,
        jobId,
        name,
        description,
        enabled,
        owner: owner ?? caller.login,
        createdAtMilliseconds: nowMilliseconds,
      });
      return jobId;
    },
    addStep: (caller, wanted, { stepId, ...step }) =>
      withJob(caller, wanted, (job) => {
        const refused = subsystemRefused(caller, step.subsystem, options.runner());
        if (refused !== null) return refused;
        const made = { ...step, stepId: stepId ?? job.steps.length + 1, uid: randomUUID().toUpperCase() };
        job.steps = [...job.steps, made].toSorted((one, other) => one.stepId - other.stepId);
        return null;
      }),
    addServer: (caller, wanted) =>
      withJob(caller, wanted, (job) => {
        job.hasServer = true;
        return null;
      }),
    update: (caller, wanted, change) =>
      withJob(caller, wanted, (job) => {
        job.startStepId = change.startStepId ?? job.startStepId;
        job.enabled = change.enabled ?? job.enabled;
        return null;
      }),
    start: (caller, wanted) => withJob(caller, wanted, (job) => startJob(job, options)),
    stop: (caller, wanted) => withJob(caller, wanted, (job) => stopJob(job, options.clock().nowMilliseconds)),
    remove: (caller, wanted) =>
      withJob(caller, wanted, (job) => {
        jobs.splice(jobs.indexOf(job), 1);
        removedLeftOvers.add(job.name);
        return null;
      }),
    rows: (table, caller) => {
      const rowsOf = agentRows.get(table);
      if (rowsOf === undefined) return null;
      const shown = table === 'sysjobs_view' && caller !== null ? all().filter((job) => isVisible(caller, job)) : all();
      return rowsOf(shown, { ...options.clock(), sessionId: 7, ownerSid: loginSid });
    },
  };
}

const emptyJob = { startStepId: 1, steps: [], hasServer: false, runs: [] } as const;

function leftOver(name: string, { clock }: AgentOptions): Job {
  return {
    ...emptyJob,
    jobId: randomUUID().toUpperCase(),
    name,
    description: 'No description available.',
    enabled: true,
    owner: 'sa',
    createdAtMilliseconds: clock().agentStartedAtMilliseconds,
  };
}

/** A login's sid, made from its name. */
export function loginSid(login: string): Uint8Array {
  return new Uint8Array(Buffer.from(login.toLowerCase().padEnd(16, '\u0001').slice(0, 16), 'latin1'));
}

/** Who is not sysadmin sees the own jobs only. */
function isVisible({ login, isAdministrator }: Caller, { owner }: Job): boolean {
  return isAdministrator || owner.toLowerCase() === login.toLowerCase();
}

function startJob(job: Job, { runner, clock }: AgentOptions): SqlErrorInfo | null {
  const current = runner();
  if (current.state === 'disabled') return componentOff();
  if (current.state !== 'running') return notRunning();
  if (!job.hasServer) return noServer(job.name);
  const { nowMilliseconds } = clock();
  const last = job.runs.at(-1);
  if (last !== undefined && last.endedAtMilliseconds > nowMilliseconds) return runsAlready(job.name);
  job.runs = [...job.runs, runJob(job, nowMilliseconds, current)];
  return null;
}

/** What had not ended by then never ran. */
function stopJob(job: Job, nowMilliseconds: number): SqlErrorInfo | null {
  const last = job.runs.at(-1);
  if (last === undefined || last.endedAtMilliseconds <= nowMilliseconds) return notActive(job.name);
  const steps = last.steps.filter(({ endedAtMilliseconds }) => endedAtMilliseconds <= nowMilliseconds);
  job.runs = [...job.runs.slice(0, -1), { ...last, steps, endedAtMilliseconds: nowMilliseconds, succeeded: false }];
  return null;
}

function subsystemRefused(caller: Caller, subsystem: string, { platform }: Runner): SqlErrorInfo | null {
  if (subsystem.toLowerCase() === 'tsql') return null;
  if (platform === 'Linux') return invalidSubsystem();
  return caller.isAdministrator ? null : noProxy(subsystem, caller.login);
}

function failure(number: number, message: string, procedure: string): SqlErrorInfo {
  return { number, state: 1, class: 16, line: 1, message, procedure };
}

function unknownJob({ name, jobId }: JobName): SqlErrorInfo {
  const wanted = jobId ?? name ?? '';
  return failure(14_262, `The specified @job_name ('${wanted}') does not exist.`, 'sp_verify_job_identifiers');
}

function jobExists(name: string): SqlErrorInfo {
  return failure(14_261, `The specified @name ('${name}') already exists.`, 'sp_verify_job');
}

function notOwner(): SqlErrorInfo {
  return failure(
    14_515,
    'Only a member of sysadmin server role can add a job for a different owner with @owner_login_name.',
    'sp_add_job',
  );
}

function invalidSubsystem(): SqlErrorInfo {
  return failure(
    14_234,
    "The specified '@subsystem' is invalid (valid values are returned by sp_enum_sqlagent_subsystems).",
    'sp_verify_subsystem',
  );
}

function noProxy(subsystem: string, login: string): SqlErrorInfo {
  const message = `Proxy (0) is not allowed for subsystem "${subsystem}" and user "${login}". Grant permission by calling sp_grant_proxy_to_subsystem or sp_grant_login_to_proxy.`;
  return failure(14_516, message, 'sp_verify_proxy_permissions');
}

function notRunning(): SqlErrorInfo {
  return failure(
    22_022,
    'SQLServerAgent Error: SQLServerAgent is not currently running so it cannot be notified of this action.',
    'xp_sqlagent_notify',
  );
}

function componentOff(): SqlErrorInfo {
  const message =
    "SQL Server blocked access to procedure 'dbo.sp_sqlagent_notify' of component 'Agent XPs' because this component is turned off as part of the security configuration for this server. A system administrator can enable the use of 'Agent XPs' by using sp_configure.";
  return failure(15_281, message, 'sp_sqlagent_notify');
}

function noServer(name: string): SqlErrorInfo {
  return failure(
    14_256,
    `Cannot start the job "${name}" because it does not have any job server or servers defined. Associate the job with a job server by calling sp_add_jobserver.`,
    'sp_start_job',
  );
}

function runsAlready(name: string): SqlErrorInfo {
  return failure(
    22_022,
    `SQLServerAgent Error: Request to run job ${name} refused because the job is already running from a request by User.`,
    'xp_sqlagent_notify',
  );
}

function notActive(name: string): SqlErrorInfo {
  return failure(
    22_022,
    `SQLServerAgent Error: Request to stop job ${name} refused because the job is not currently running.`,
    'xp_sqlagent_notify',
  );
}
