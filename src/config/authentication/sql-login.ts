import type { Context } from '../context.ts';
import { type Located, readMapping } from '../value/mapping.ts';
import type { SqlLogin } from './authentication.ts';
import { readPassword } from './password.ts';
import { authenticationSchemas } from './schema.ts';

/** Reads an authentication of type `sql_login`. */
export async function readSqlLogin(at: Located, context: Context): Promise<SqlLogin> {
  const login = readMapping(authenticationSchemas.sql_login, at, context.report);
  return {
    type: 'sql_login',
    username: login.values.username ?? '',
    password: await readPassword(at, login, context),
  };
}
