import { setTimeout as wait } from 'node:timers/promises';
import { type Account, accountNamed, effectivePermissions } from './account.ts';
import type { Agent } from './agent/agent.ts';
import { tables as allTables } from './catalog/index.ts';
import type { Table } from './catalog/table.ts';
import { tablesOf } from './catalog/version.ts';
import { type Changes, changedRows, encodedCertificateOf, noChanges } from './changes.ts';
import type { ConnectedSession } from './connected-session.ts';
import type { Instance, InstanceProperties, Procedure, Reader } from './instance.ts';
import { agentProcedures } from './procedure/agent-jobs.ts';
import { endpointCertificate } from './procedure/endpoint-certificate.ts';
import { type ErrorLogSource, readErrorLog, readErrorLogExtended } from './procedure/read-error-log.ts';
import type { Row } from './row.ts';
import type { SqlErrorInfo } from './session.ts';
import type { SqlValue } from './sql-type.ts';
import type { ViewFaults } from './view-faults.ts';
import { errorLogFile } from './world/error-log.ts';
import { endpointCertificateOf } from './world/rows/certificates.ts';
import { databaseNames } from './world/rows/databases.ts';
import { connectedRows } from './world/rows/exec-sessions.ts';
import { rowsOf } from './world/rows/index.ts';
import type { World } from './world/state.ts';
import type { ServerIdentity } from './world/topology.ts';
import { localTime, viewFrom } from './world/view.ts';

const firstMajorWithErrorLogPermission = 16;
/** Longer than any test or demo lasts, and the longest that a timer can. */
const foreverMilliseconds = 2_147_483_647;

/** What a simulated server is made of; the functions are asked anew at each read. */
export interface ServerInstanceOptions {
  readonly server: ServerIdentity;
  readonly accounts: readonly Account[];
  world(): World;
  /** The world's clock, where it can be had without the world; milliseconds since 1970. */
  readonly now?: () => number;
  faults(): ViewFaults;
  /** SQL Server Agent; absent: no jobs, and none of its procedures. */
  readonly agent?: Agent;
  /** What statements have made on it; absent: none may make anything. */
  readonly changes?: Changes;
  /** What an administrator orders of the links; absent: nobody can. */
  readonly order?: Instance['order'];
  /** The sessions that are connected now, by their ids; none unless given. */
  readonly sessions?: () => ReadonlyMap<number, ConnectedSession>;
}

/** One end of a pair as the SQL engine reads it: its world, seen from there, and its faults. */
export function serverInstance(options: ServerInstanceOptions): Instance {
  const { server, accounts, world, faults, now = () => world().nowMilliseconds } = options;
  const existing = tablesOf(server.version, allTables);
  const procedures = proceduresOf(options);
  const names = (list: readonly string[] | undefined, table: string): boolean => list?.includes(table) ?? false;
  return {
    properties: propertiesOf(server, world),
    get traceFlags() {
      return world().preparation[server.end].traceFlags;
    },
    ...(options.changes === undefined ? {} : { changes: options.changes }),
    ...(options.order === undefined ? {} : { order: options.order }),
    get procedures() {
      const { missing } = faults();
      return missing === undefined ? procedures : new Map([...procedures].filter(([name]) => !missing.includes(name)));
    },
    get tables() {
      const { missing } = faults();
      return missing === undefined ? existing : new Map([...existing].filter(([name]) => !missing.includes(name)));
    },
    databases: () => databaseNames(viewFrom(world(), server.end, server.node)),
    rows: (name, reader) => {
      const table = existing.get(name);
      const { empty, nullColumns } = faults();
      if (table === undefined || names(empty, name)) {
        return [];
      }
      const rows = allRows(options, name, reader);
      return project(rows, table, nullColumns ?? false);
    },
    encodedCertificate: (certificateId) =>
      encodedCertificateOf(viewFrom(world(), server.end, server.node), options.changes ?? noChanges(), certificateId),
    nowMilliseconds: () => now() + server.clockSkewMilliseconds,
    permissions: (login) => {
      const account = accountNamed(accounts, login);
      return effectivePermissions(
        faults().permissions ?? (account === undefined ? [] : account.permissions),
        server.version,
      );
    },
    denied: (name, login) => {
      const table = existing.get(name);
      if (names(faults().denied, name)) return objectDenied(table === undefined ? 'EXECUTE' : 'SELECT', name, table);
      const account = accountNamed(accounts, login);
      const held = faults().permissions ?? account?.permissions;
      const isAdministrator = held?.includes('CONTROL SERVER') ?? false;
      const isGranted = names(account?.tables, name) || isAdministrator;
      const isAgentUser = account?.isAgentUser === true || isAdministrator;
      if (procedures.get(name)?.database === 'msdb' && !isAgentUser) return executeDenied(name);
      if (table?.access === 'agent role' && !isAgentUser) return objectDenied('SELECT', name, table);
      return table?.access === 'select' && !isGranted ? objectDenied('SELECT', name, table) : null;
    },
    beforeRead: async (table, signal) => {
      signal.throwIfAborted();
      const { hanging, slowMilliseconds } = faults();
      const milliseconds = names(hanging, table) ? foreverMilliseconds : (slowMilliseconds?.[table] ?? 0);
      if (milliseconds > 0) {
        await wait(milliseconds, undefined, { signal });
      }
    },
  };
}

/** The system procedures of a server. Reading its log takes a permission of its own since SQL Server 2022. */
function proceduresOf({ server, world, agent }: ServerInstanceOptions): ReadonlyMap<string, Procedure> {
  const { managedInstance, major } = server.version;
  const errorLog: ErrorLogSource = {
    permission:
      managedInstance || major >= firstMajorWithErrorLogPermission ? 'VIEW ANY ERROR LOG' : 'VIEW SERVER STATE',
    read: (file) => {
      const now = world();
      return errorLogFile(viewFrom(now, server.end, server.node), now.errorLogs[server.end] ?? {}, file);
    },
    localTime: (unixMilliseconds) => localTime(server, unixMilliseconds),
  };
  return new Map([
    ...(agent === undefined ? [] : agentProcedures(agent)),
    [
      'sp_get_endpoint_certificate',
      endpointCertificate(() => endpointCertificateOf(viewFrom(world(), server.end, server.node))),
    ],
    ['sp_readerrorlog', readErrorLog(errorLog)],
    ['xp_readerrorlog', readErrorLogExtended(errorLog)],
  ]);
}

/** What the world has, what was made beside it, and the jobs, which are the Agent's. */
function allRows(
  { server, world, agent, changes, sessions }: ServerInstanceOptions,
  name: string,
  reader?: Reader,
): Iterable<Row> {
  const ofAgent = agent?.rows(name, reader ?? null) ?? null;
  if (ofAgent !== null) return ofAgent;
  const { database = 'master' } = reader ?? {};
  const now = world();
  const rows = rowsOf(now, server.end, name, { node: server.node, database });
  if (name === 'dm_exec_sessions' && sessions !== undefined) {
    return [...rows, ...connectedRows(viewFrom(now, server.end, server.node), sessions())];
  }
  if (changes === undefined) return rows;
  return changedRows(changes, viewFrom(now, server.end, server.node), name, rows);
}

function executeDenied(procedure: string): SqlErrorInfo {
  const message = `The EXECUTE permission was denied on the object '${procedure}', database 'msdb', schema 'dbo'.`;
  return { number: 229, state: 5, class: 14, line: 1, message };
}

function propertiesOf(server: ServerIdentity, world: () => World): InstanceProperties {
  return {
    serverName: server.serverName,
    engineEdition: server.engineEdition,
    edition: server.edition,
    productVersion: server.productVersion,
    productLevel: server.productLevel,
    ...(server.productUpdateType === undefined ? {} : { productUpdateType: server.productUpdateType }),
    get isHadrEnabled() {
      return world().preparation[server.end].isHadrEnabled;
    },
    collation: server.collation,
    localOffsetMinutes: server.localOffsetMinutes,
    timeZoneId: server.timeZoneId,
  };
}

/** Rows with the columns that the version has, NULL where a row says nothing. */
function* project(rows: Iterable<Row>, table: Table, nullColumns: boolean): Iterable<Row> {
  for (const row of rows) {
    const projected: Record<string, SqlValue> = {};
    for (const { name, nullable } of table.columns) {
      projected[name] = nullColumns && nullable ? null : (row[name] ?? null);
    }
    yield projected;
  }
}

/** As a server words a SELECT on a view or table that was denied, or never granted, and a DENY EXECUTE. */
function objectDenied(permission: 'SELECT' | 'EXECUTE', object: string, table: Table | undefined): SqlErrorInfo {
  const { database = 'mssqlsystemresource', schema = 'sys' } = table ?? {};
  return {
    number: 229,
    state: 5,
    class: 14,
    line: 1,
    message: `The ${permission} permission was denied on the object '${object}', database '${database}', schema '${schema}'.`,
  };
}
