import type { Context } from '../context.ts';
import { type Located, readMapping } from '../value/mapping.ts';
import type { WindowsLogin } from './authentication.ts';
import { readPassword } from './password.ts';
import { authenticationSchemas } from './schema.ts';

/** Reads an authentication of type `windows`. */
export async function readWindowsLogin(at: Located, context: Context): Promise<WindowsLogin> {
  const login = readMapping(authenticationSchemas.windows, at, context.report);
  const username = login.values.username ?? '';
  const given = login.given('username');
  if (given !== null && /[\\@]/.test(username)) {
    context.report(given.path, given.line, 'a Windows account without its domain: the domain has a key of its own');
  }
  return {
    type: 'windows',
    domain: login.values.domain ?? '',
    username,
    password: await readPassword(at, login, context),
  };
}
