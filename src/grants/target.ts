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
