import type { ServerFacts } from '../model/server.ts';

/** The kinds of server that need different permissions, in the order of the documentation. */
export const targets = ['sql-server-2016', 'sql-server-2022', 'managed-instance'] as const;

export type Target = (typeof targets)[number];

/** In words, for the head of a script. */
export const targetTitles: { readonly [Name in Target]: string } = {
  'sql-server-2016': 'SQL Server 2016 to 2019',
  'sql-server-2022': 'SQL Server 2022 and later',
  'managed-instance': 'Azure SQL Managed Instance',
};

/** SQL Server 2022: the first with the narrow permissions (its page on HADR views, and on sys.fn_builtin_permissions). */
const firstMajorWithNarrowPermissions = 16;

/** The kind of a server; a managed instance says nothing of use in its version. */
export function targetOf({ engine, majorVersion }: Pick<ServerFacts, 'engine' | 'majorVersion'>): Target {
  if (engine === 'managed_instance') return 'managed-instance';
  return majorVersion >= firstMajorWithNarrowPermissions ? 'sql-server-2022' : 'sql-server-2016';
}

/** A server-level permission, and what the exporter reads by it. */
export interface Need {
  readonly permission: string;
  /** Wider or narrower ones that do as well. */
  readonly orElse: readonly string[];
  readonly why: string;
  /** Needed only where the configuration reads the server's error log. */
  readonly isForErrorLog: boolean;
}

const definitions: Need = {
  permission: 'VIEW ANY DEFINITION',
  orElse: [],
  why: 'Groups, replicas, endpoints, certificates and log files: catalog views show no rows without it, and no error.',
  isForErrorLog: false,
};

const why =
  'Roles, health, queues and seeding: the views sys.dm_hadr_*; how full the logs are: sys.dm_os_performance_counters.';

/** The documents contradict each other on which roles and narrow permissions a managed instance has; this one is in all. */
const wideState: Need = {
  permission: 'VIEW SERVER STATE',
  orElse: ['VIEW SERVER PERFORMANCE STATE'],
  why,
  isForErrorLog: false,
};

const narrowState: Need = {
  permission: 'VIEW SERVER PERFORMANCE STATE',
  orElse: ['VIEW SERVER STATE'],
  why,
  isForErrorLog: false,
};

const errorLog: Need = {
  permission: 'VIEW ANY ERROR LOG',
  orElse: [],
  why: 'The errors of a link: only where error_log is enabled in the configuration.',
  isForErrorLog: true,
};

/** The least that the exporter needs. Before SQL Server 2022 VIEW SERVER STATE opens the error log too. */
export const needs: { readonly [Name in Target]: readonly Need[] } = {
  'sql-server-2016': [wideState, definitions],
  'sql-server-2022': [narrowState, definitions, errorLog],
  'managed-instance': [wideState, definitions, errorLog],
};
