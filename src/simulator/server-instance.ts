import { setTimeout as wait } from 'node:timers/promises';
import { type Account, accountNamed, effectivePermissions } from './account.ts';
import { tables as allTables } from './catalog/index.ts';
import type { Table } from './catalog/table.ts';
import { tablesOf } from './catalog/version.ts';
import type { Instance, InstanceProperties, Procedure, Row } from './instance.ts';
import { endpointCertificate } from './procedure/endpoint-certificate.ts';
import { type ErrorLogSource, readErrorLog, readErrorLogExtended } from './procedure/read-error-log.ts';
import type { SqlErrorInfo } from './session.ts';
import type { SqlValue } from './sql-type.ts';
import type { ViewFaults } from './view-faults.ts';
import { errorLogFile } from './world/error-log.ts';
import { endpointCertificateOf } from './world/rows/certificates.ts';
import { databaseNames } from './world/rows/databases.ts';
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
}

/** One end of a pair as the SQL engine reads it: its world, seen from there, and its faults. */
export function serverInstance(options: ServerInstanceOptions): Instance {
  const { server, accounts, world, faults, now = () => world().nowMilliseconds } = options;
  const existing = tablesOf(server.version, allTables);
  const procedures = proceduresOf(server, world);
  const names = (list: readonly string[] | undefined, table: string): boolean => list?.includes(table) ?? false;
  return {
    properties: propertiesOf(server),
    get procedures() {
      const { missing } = faults();
      return missing === undefined ? procedures : new Map([...procedures].filter(([name]) => !missing.includes(name)));
    },
    get tables() {
      const { missing } = faults();
      return missing === undefined ? existing : new Map([...existing].filter(([name]) => !missing.includes(name)));
    },
    databases: () => databaseNames(viewFrom(world(), server.end, server.node)),
    rows: (name) => {
      const table = existing.get(name);
      const { empty, nullColumns } = faults();
      if (table === undefined || names(empty, name)) {
        return [];
      }
      const rows = rowsOf(world(), server.end, name, server.node);
      return project(rows, table, nullColumns ?? false);
    },
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
      const isGranted = names(account?.tables, name) || (account?.permissions?.includes('CONTROL SERVER') ?? false);
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
function proceduresOf(server: ServerIdentity, world: () => World): ReadonlyMap<string, Procedure> {
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
    [
      'sp_get_endpoint_certificate',
      endpointCertificate(() => endpointCertificateOf(viewFrom(world(), server.end, server.node))),
    ],
    ['sp_readerrorlog', readErrorLog(errorLog)],
    ['xp_readerrorlog', readErrorLogExtended(errorLog)],
  ]);
}

function propertiesOf(server: ServerIdentity): InstanceProperties {
  return {
    serverName: server.serverName,
    engineEdition: server.engineEdition,
    edition: server.edition,
    productVersion: server.productVersion,
    productLevel: server.productLevel,
    ...(server.productUpdateType === undefined ? {} : { productUpdateType: server.productUpdateType }),
    isHadrEnabled: true,
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
