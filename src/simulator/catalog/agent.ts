import { nullable, nvarchar, required, sqlTypes, varbinary } from './column.ts';
import type { Column, Table } from './table.ts';

/** The tables of SQL Server Agent in msdb: subsets of the documented columns, in their order. SELECT on them has to be granted. */
function table(name: string, columns: readonly Column[], access: Table['access'] = 'select'): Table {
  return { database: 'msdb', schema: 'dbo', name, access, columns };
}

const jobColumns: readonly Column[] = [
  required('job_id', sqlTypes.guid),
  required('originating_server_id', sqlTypes.int),
  required('name', sqlTypes.sysname),
  required('enabled', sqlTypes.tinyint),
  nullable('description', nvarchar(512)),
  required('start_step_id', sqlTypes.int),
  required('category_id', sqlTypes.int),
  required('owner_sid', varbinary(85)),
  required('delete_level', sqlTypes.int),
  required('date_created', sqlTypes.datetime),
  required('date_modified', sqlTypes.datetime),
  required('version_number', sqlTypes.int),
];

/** Text of any length: `sysjobsteps.command`, `sysjobstepslogs.log`. */
const anyLength = { name: 'nvarchar', length: 'max' } as const;

export const agentTables: readonly Table[] = [
  table('sysjobs', jobColumns),
  // Members of the Agent's roles see their own jobs in it.
  table('sysjobs_view', jobColumns, 'agent role'),
  table('sysjobservers', [
    required('job_id', sqlTypes.guid),
    required('server_id', sqlTypes.int),
    required('last_run_outcome', sqlTypes.tinyint),
    nullable('last_outcome_message', nvarchar(4000)),
    required('last_run_date', sqlTypes.int),
    required('last_run_time', sqlTypes.int),
    required('last_run_duration', sqlTypes.int),
  ]),
  table('sysjobsteps', [
    required('job_id', sqlTypes.guid),
    required('step_id', sqlTypes.int),
    required('step_name', sqlTypes.sysname),
    required('subsystem', nvarchar(40)),
    nullable('command', anyLength),
    required('flags', sqlTypes.int),
    required('cmdexec_success_code', sqlTypes.int),
    required('on_success_action', sqlTypes.tinyint),
    required('on_success_step_id', sqlTypes.int),
    required('on_fail_action', sqlTypes.tinyint),
    required('on_fail_step_id', sqlTypes.int),
    nullable('database_name', sqlTypes.sysname),
    required('os_run_priority', sqlTypes.int),
    nullable('output_file_name', nvarchar(200)),
    required('last_run_outcome', sqlTypes.int),
    required('last_run_duration', sqlTypes.int),
    required('last_run_date', sqlTypes.int),
    required('last_run_time', sqlTypes.int),
    nullable('proxy_id', sqlTypes.int),
    nullable('step_uid', sqlTypes.guid),
  ]),
  table('syssessions', [required('session_id', sqlTypes.int), required('agent_start_date', sqlTypes.datetime)]),
  table('sysjobactivity', [
    required('session_id', sqlTypes.int),
    required('job_id', sqlTypes.guid),
    nullable('run_requested_date', sqlTypes.datetime),
    nullable('run_requested_source', sqlTypes.sysname),
    nullable('queued_date', sqlTypes.datetime),
    nullable('start_execution_date', sqlTypes.datetime),
    nullable('last_executed_step_id', sqlTypes.int),
    nullable('last_executed_step_date', sqlTypes.datetime),
    nullable('stop_execution_date', sqlTypes.datetime),
    nullable('job_history_id', sqlTypes.int),
  ]),
  table('sysjobhistory', [
    required('instance_id', sqlTypes.int),
    required('job_id', sqlTypes.guid),
    required('step_id', sqlTypes.int),
    required('step_name', sqlTypes.sysname),
    required('sql_message_id', sqlTypes.int),
    required('sql_severity', sqlTypes.int),
    nullable('message', nvarchar(4000)),
    required('run_status', sqlTypes.int),
    required('run_date', sqlTypes.int),
    required('run_time', sqlTypes.int),
    required('run_duration', sqlTypes.int),
    required('retries_attempted', sqlTypes.int),
    required('server', sqlTypes.sysname),
  ]),
  table('sysjobstepslogs', [
    required('log_id', sqlTypes.int),
    required('log', anyLength),
    required('date_created', sqlTypes.datetime),
    required('date_modified', sqlTypes.datetime),
    required('log_size', sqlTypes.bigint),
    required('step_uid', sqlTypes.guid),
  ]),
];
