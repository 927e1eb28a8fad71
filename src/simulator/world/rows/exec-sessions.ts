import type { ConnectedSession } from '../../connected-session.ts';
import type { Row } from '../../row.ts';
import type { EndView } from '../view.ts';
import { databaseNames } from './databases.ts';

const firstUserSessionId = 51;
const lastSessionId = 32_767;
/** The application's connection pool is as old as this. */
const loginAgeMilliseconds = 3 * 3_600_000;

interface SessionFacts {
  readonly id: number;
  readonly databaseId: number;
  readonly isUser: boolean;
  readonly hostName: string | null;
  readonly programName: string | null;
  readonly loginName: string;
}

/**
 * sys.dm_exec_sessions: one of the system's, and one of an application for each database that can be written to here. So in a
 * split brain both ends have some: each application stays where it was.
 */
export function execSessionRows(view: EndView): readonly Row[] {
  const writable = view.world.links
    .filter((link) => link.identity.ends.includes(view.end) && link.roles[view.end] === 'PRIMARY')
    .flatMap((link) => link.databases.map(({ identity }) => identity))
    .slice(0, lastSessionId - firstUserSessionId);
  const applications = writable.map((identity, index) => ({
    id: firstUserSessionId + index,
    databaseId: identity.databaseIds[view.end],
    isUser: true,
    hostName: `app-${view.end === 'sqlServer' ? 'onprem' : 'azure'}-01`,
    programName: `${identity.name} service`,
    loginName: 'app',
  }));
  const system = { id: 1, databaseId: 1, isUser: false, hostName: null, programName: null, loginName: 'sa' };
  return [system, ...applications].map((session) => sessionRow(view, session));
}

/** Those who are connected to the simulator itself. Their ids come after those of the world's applications. */
export function connectedRows(view: EndView, sessions: ReadonlyMap<number, ConnectedSession>): readonly Row[] {
  const databases = new Map([...databaseNames(view)].map(([id, name]) => [name, id]));
  const offset = view.world.nowMilliseconds;
  return [...sessions].map(([id, session]) => {
    const { options } = session;
    const at = (milliseconds: number): string => view.local(Math.min(milliseconds, offset));
    const facts = {
      id,
      databaseId: databases.get(session.database) ?? 1,
      isUser: true,
      hostName: session.hostName || null,
      programName: session.applicationName || null,
      loginName: session.login,
    };
    return {
      ...sessionRow(view, facts),
      login_time: at(session.loginMilliseconds),
      last_request_start_time: at(session.startMilliseconds),
      last_request_end_time: at(session.startMilliseconds),
      host_process_id: session.processId,
      client_version: 7,
      client_interface_name: session.interfaceName.slice(0, 32),
      status: session.isRunning ? 'running' : 'sleeping',
      text_size: options.textSizeBytes,
      date_first: options.dateFirst,
      transaction_isolation_level: options.isolationLevel,
      lock_timeout: options.lockTimeoutMilliseconds,
      deadlock_priority: options.deadlockPriority,
      row_count: BigInt(session.rowCount),
      prev_error: session.previousError,
      open_transaction_count: session.openTransactions,
      ...Object.fromEntries(shownSwitches.map((name) => [name, options.on.has(name.toUpperCase())])),
    };
  });
}

const shownSwitches = [
  'quoted_identifier',
  'arithabort',
  'ansi_null_dflt_on',
  'ansi_warnings',
  'ansi_padding',
  'ansi_nulls',
  'concat_null_yields_null',
];

function sessionRow(view: EndView, session: SessionFacts): Row {
  const sid = new Uint8Array([1]);
  const lately = view.local(view.world.nowMilliseconds);
  return {
    session_id: session.id,
    login_time: view.local(view.world.nowMilliseconds - loginAgeMilliseconds),
    host_name: session.hostName,
    program_name: session.programName,
    client_interface_name: session.isUser ? 'Core Microsoft SqlClient Data Pr' : null,
    login_name: session.loginName,
    original_login_name: session.loginName,
    security_id: sid,
    original_security_id: sid,
    status: session.isUser ? 'sleeping' : 'background',
    endpoint_id: session.isUser ? 4 : 0,
    is_user_process: session.isUser,
    database_id: session.databaseId,
    last_request_start_time: lately,
    last_request_end_time: lately,
    language: 'us_english',
    date_format: 'mdy',
    ...counters,
    ...settings,
  };
}

const counters: Row = {
  cpu_time: 0,
  memory_usage: 4,
  total_scheduled_time: 0,
  total_elapsed_time: 0,
  reads: 0n,
  writes: 0n,
  logical_reads: 0n,
  page_server_reads: 0n,
  row_count: 0n,
  open_transaction_count: 0,
  prev_error: 0,
};

/** What the common drivers set. */
const settings: Row = {
  text_size: -1,
  date_first: 7,
  quoted_identifier: true,
  arithabort: false,
  ansi_null_dflt_on: true,
  ansi_defaults: false,
  ansi_warnings: true,
  ansi_padding: true,
  ansi_nulls: true,
  concat_null_yields_null: true,
  transaction_isolation_level: 2,
  lock_timeout: -1,
  deadlock_priority: 0,
  group_id: 2,
};
