import type { EngineVersion } from './catalog/version.ts';
import type { SqlErrorInfo } from './session.ts';

/** A login of both servers: of SQL Server itself, of Windows (its name is `DOMAIN\\user`), or of Entra ID. */
export interface Account {
  readonly name: string;
  /** Absent: an identity of Entra ID, which has none here. */
  readonly password?: string;
  /** The application's id in tokens: such a login gets in with a token, and with nothing else. */
  readonly applicationId?: string;
  /** Server-level permissions granted; without it, the least that monitoring needs. */
  readonly permissions?: readonly string[];
  /** Whether it is in a role of SQL Server Agent in msdb: it then has jobs of its own. Sysadmins need none. */
  readonly isAgentUser?: boolean;
  /** Tables on which it was granted SELECT, lower case (`backupset`); none unless given. */
  readonly tables?: readonly string[];
}

/** The login that a pair has unless told otherwise. */
export const defaultAccount: Account = { name: 'milink', password: 'milink-demo' };

/** Since SQL Server 2022 these wide permissions hold narrower ones; every login may connect and list databases. */
const implied: Readonly<Record<string, readonly string[]>> = {
  'VIEW SERVER STATE': ['VIEW SERVER PERFORMANCE STATE', 'VIEW SERVER SECURITY STATE'],
  'VIEW ANY DEFINITION': ['VIEW ANY SECURITY DEFINITION', 'VIEW ANY PERFORMANCE DEFINITION'],
};
const ofEveryLogin = ['CONNECT SQL', 'VIEW ANY DATABASE'] as const;
const firstMajorWithNarrowPermissions = 16;

/** The account of that name, in any case, or undefined. */
export function accountNamed(accounts: readonly Account[], name: string): Account | undefined {
  return accounts.find((account) => account.name.toLowerCase() === name.toLowerCase());
}

/** What the permissions granted amount to in a version, those that they hold included. */
export function effectivePermissions(
  granted: readonly string[] | undefined,
  version: EngineVersion,
): ReadonlySet<string> {
  const narrow = version.managedInstance || version.major >= firstMajorWithNarrowPermissions;
  const direct = (granted ?? leastPermissions(version)).map((permission) => permission.toUpperCase());
  return new Set([...ofEveryLogin, ...direct, ...(narrow ? direct.flatMap((name) => implied[name] ?? []) : [])]);
}

/** The grants that the documentation asks for: SQL Server 2022 has a narrower one; on a managed instance the wide one is safe. */
function leastPermissions(version: EngineVersion): readonly string[] {
  const wide = version.managedInstance || version.major < firstMajorWithNarrowPermissions;
  return [wide ? 'VIEW SERVER STATE' : 'VIEW SERVER PERFORMANCE STATE', 'VIEW ANY DEFINITION'];
}

/** How servers call a login with a token before they have looked it up. */
export const tokenPrincipal = '<token-identified principal>';

/** 18456, which says no more to the client than that it failed. */
export function loginFailed(userName: string): SqlErrorInfo {
  return { number: 18_456, state: 1, class: 14, line: 1, message: `Login failed for user '${userName}'.` };
}

/** 4060: no such database, or not one that can be opened. */
export function databaseNotOpened(database: string): SqlErrorInfo {
  return {
    number: 4060,
    state: 1,
    class: 11,
    line: 1,
    message: `Cannot open database "${database}" requested by the login. The login failed.`,
  };
}
