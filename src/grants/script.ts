import { quoteName, quoteText } from '../text/tsql.ts';
import { creationOf, type ScriptLogin } from './login.ts';
import { type Need, needs } from './need.ts';
import { type Target, targetTitles } from './target.ts';

export interface ScriptOptions {
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
