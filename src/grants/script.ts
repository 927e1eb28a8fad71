import { quoteName, quoteText } from '../text/tsql.ts';
import { type Need, needs, type Target, targets, targetTitles } from './need.ts';

/** How the login of a script comes to be. */
const loginKinds = ['sql', 'windows', 'entra'] as const;

type LoginKind = (typeof loginKinds)[number];

/** In words, for errors. */
export const kindTitles: { readonly [Kind in LoginKind]: string } = {
  sql: 'login of its own',
  windows: 'Windows login by NTLM',
  entra: 'login of Entra ID',
};

/** The login that a script is for. */
export interface ScriptLogin {
  readonly kind: LoginKind;
  /** As the server knows it: `milink`, `CORP\svc-milink`, or the display name of an application or identity. */
  readonly name: string;
}

/** What creates it, below the words that say what to know first. */
function creationOf({ kind, name }: ScriptLogin): { readonly words: readonly string[]; readonly sql: string } {
  const quoted = quoteName(name);
  switch (kind) {
    case 'sql':
      return {
        words: ['A login of the server itself. Put a long password of its own here, and nowhere else in clear.'],
        sql: `CREATE LOGIN ${quoted} WITH PASSWORD = N'<password>', DEFAULT_DATABASE = [master];`,
      };
    case 'windows':
      return {
        words: ['An account of a Windows domain, which has to exist there.'],
        sql: `CREATE LOGIN ${quoted} FROM WINDOWS WITH DEFAULT_DATABASE = [master];`,
      };
    case 'entra':
      return {
        words: [
          'The display name of the application or the managed identity in Entra ID. A Microsoft Entra administrator of',
          "the server runs this. The server's own identity has to be allowed to look names up in the directory.",
        ],
        sql: `CREATE LOGIN ${quoted} FROM EXTERNAL PROVIDER;`,
      };
  }
}

interface ScriptOptions {
  readonly target: Target;
  readonly login: ScriptLogin;
  /** Whether the error log is read; false: its grant is there as a comment. */
  readonly isErrorLogRead: boolean;
}

/** The script that gives a login the least that the exporter needs. T-SQL for a person to read and run; never run here. */
export function grantScript({ target, login, isErrorLogRead }: ScriptOptions): string {
  const { words, sql } = creationOf(login);
  const lines = [
    `-- The login of milink-exporter on ${targetTitles[target]}: the least that it needs, to read and never to write.`,
    '-- Run it as a member of sysadmin. It can be run again: what is there already stays.',
    'USE [master];',
    '',
    ...words.map((line) => `-- ${line}`),
    `IF NOT EXISTS (SELECT 1 FROM sys.server_principals WHERE name = ${quoteText(login.name)})`,
    `    ${sql}`,
    '',
    ...needs[target].flatMap((need) => grantOf(need, login, isErrorLogRead)),
    '-- All that the login has been given. More than CONNECT SQL and the above is more than it needs.',
    'SELECT permission_name, state_desc FROM sys.server_permissions WHERE grantee_principal_id IN',
    `    (SELECT principal_id FROM sys.server_principals WHERE name = ${quoteText(login.name)});`,
  ];
  return `${lines.join('\n')}\n`;
}

function grantOf({ permission, why, isForErrorLog }: Need, { name }: ScriptLogin, isErrorLogRead: boolean): string[] {
  const isLeftOut = isForErrorLog && !isErrorLogRead;
  return [`-- ${why}`, `${isLeftOut ? '-- ' : ''}GRANT ${permission} TO ${quoteName(name)};`, ''];
}

/** The ways to log in that each kind of server has. */
export const kindsOf: { readonly [Name in Target]: readonly LoginKind[] } = {
  'sql-server-2016': ['sql', 'windows'],
  'sql-server-2022': ['sql', 'windows', 'entra'],
  'managed-instance': ['sql', 'entra'],
};

/** The name of the login in scripts that know no configuration. */
export const loginNames: { readonly [Kind in LoginKind]: string } = {
  sql: 'milink',
  windows: 'CORP\\svc-milink',
  entra: 'milink-exporter',
};

/** The scripts of deploy/sql; the path is from the root of the project. */
export function scriptFiles(): readonly { readonly path: string; readonly content: string }[] {
  const source = '-- Generated from src/grants by `npm run generate`: edit that, not this file.\n';
  return targets.flatMap((target) =>
    kindsOf[target].map((kind) => ({
      path: `deploy/sql/${target}-${kind}.sql`,
      content: source + grantScript({ target, login: { kind, name: loginNames[kind] }, isErrorLogRead: false }),
    })),
  );
}
