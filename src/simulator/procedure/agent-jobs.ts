import type { Agent, Caller, JobName } from '../agent/agent.ts';
import { nvarchar, sqlTypes } from '../catalog/column.ts';
import type { Procedure, ProcedureCall, ProcedureParameter, ProcedureResult } from '../instance.ts';
import type { SqlErrorInfo } from '../session.ts';
import type { SqlValue } from '../sql-type.ts';

const jobId: ProcedureParameter = { name: '@job_id', type: sqlTypes.guid, whenLeftOut: null };
const jobName: ProcedureParameter = { name: '@job_name', type: sqlTypes.sysname, whenLeftOut: null };
const command = { name: 'nvarchar', length: 'max' } as const;

function number(name: string, whenLeftOut: number | null): ProcedureParameter {
  return { name, type: sqlTypes.int, whenLeftOut };
}

function text(name: string, whenLeftOut: string | null, length = 128): ProcedureParameter {
  return { name, type: nvarchar(length), whenLeftOut };
}

/** The procedures of msdb that make, run and remove jobs, with the parameters that scripts give them. */
export function agentProcedures(agent: Agent): ReadonlyMap<string, Procedure> {
  return new Map([
    ['sp_add_job', addJob(agent)],
    ['sp_add_jobstep', addJobStep(agent)],
    [
      'sp_add_jobserver',
      procedure([jobId, jobName, text('@server_name', null)], (values, caller) =>
        agent.addServer(caller, nameOf(values)),
      ),
    ],
    [
      'sp_update_job',
      procedure([jobId, jobName, number('@enabled', null), number('@start_step_id', null)], (values, caller) =>
        agent.update(caller, nameOf(values), { enabled: bit(values[2]), startStepId: integer(values[3]) }),
      ),
    ],
    ['sp_start_job', procedure([jobName, jobId], (values, caller) => agent.start(caller, swapped(values)))],
    ['sp_stop_job', procedure([jobName, jobId], (values, caller) => agent.stop(caller, swapped(values)))],
    [
      'sp_delete_job',
      procedure(
        [
          jobId,
          jobName,
          text('@originating_server', null),
          number('@delete_history', 1),
          number('@delete_unused_schedule', 1),
        ],
        (values, caller) => agent.remove(caller, nameOf(values)),
      ),
    ],
  ]);
}

type Act = (values: readonly SqlValue[], caller: Caller) => SqlErrorInfo | null;

function procedure(parameters: readonly ProcedureParameter[], act: Act): Procedure {
  return {
    database: 'msdb',
    parameters,
    columns: [],
    run: (call) => {
      const error = act(call.values, callerOf(call));
      return error === null ? { rows: [] } : { error };
    },
  };
}

function callerOf({ login, holds }: ProcedureCall): Caller {
  return { login, isAdministrator: holds('CONTROL SERVER') };
}

function addJob(agent: Agent): Procedure {
  return {
    database: 'msdb',
    parameters: [
      { name: '@job_name', type: sqlTypes.sysname },
      number('@enabled', 1),
      text('@description', 'No description available.', 512),
      number('@start_step_id', 1),
      text('@category_name', null),
      number('@category_id', null),
      text('@owner_login_name', null),
      number('@notify_level_eventlog', 2),
      number('@delete_level', 0),
      { ...jobId, isOutput: true },
    ],
    columns: [],
    run: (call): ProcedureResult => {
      const [name, enabled, description, , , , owner] = call.values;
      const made = agent.addJob(callerOf(call), {
        name: String(name),
        enabled: enabled !== 0,
        description: String(description ?? ''),
        owner: optionalText(owner),
      });
      return typeof made === 'string' ? { rows: [], outputs: new Map([['@job_id', made]]) } : { error: made };
    },
  };
}

function addJobStep(agent: Agent): Procedure {
  const parameters = [
    jobId,
    jobName,
    number('@step_id', null),
    { name: '@step_name', type: sqlTypes.sysname },
    text('@subsystem', 'TSQL', 40),
    { name: '@command', type: command, whenLeftOut: null },
    number('@cmdexec_success_code', 0),
    number('@on_success_action', 1),
    number('@on_success_step_id', 0),
    number('@on_fail_action', 2),
    number('@on_fail_step_id', 0),
    text('@database_name', null),
    text('@database_user_name', null),
    number('@retry_attempts', 0),
    number('@retry_interval', 0),
    number('@os_run_priority', 0),
    text('@output_file_name', null, 200),
    number('@flags', 0),
  ];
  return procedure(parameters, (values, caller) =>
    agent.addStep(caller, nameOf(values), {
      stepId: integer(values[2]),
      name: String(values[3]),
      subsystem: String(values[4]),
      command: String(values[5] ?? ''),
      onSuccess: action(values[7], 1),
      onFail: action(values[9], 2),
      databaseName: String(values[11] ?? 'master'),
      flags: Number(values[17]),
    }),
  );
}

function action(value: SqlValue | undefined, otherwise: 1 | 2): 1 | 2 | 3 | 4 {
  return ([1, 2, 3, 4] as const).find((each) => each === value) ?? otherwise;
}

/** The first two parameters, as most procedures have them. */
function nameOf([id, name]: readonly SqlValue[]): JobName {
  return { jobId: optionalText(id), name: optionalText(name) };
}

function swapped([name, id]: readonly SqlValue[]): JobName {
  return { jobId: optionalText(id), name: optionalText(name) };
}

function optionalText(value: SqlValue | undefined): string | null {
  return (value ?? null) === null ? null : String(value);
}

function integer(value: SqlValue | undefined): number | null {
  return (value ?? null) === null ? null : Number(value);
}

function bit(value: SqlValue | undefined): boolean | null {
  return (value ?? null) === null ? null : Number(value) !== 0;
}
