import type { Context } from '../context.ts';
import { type Secret, secretOf } from '../secret/secret.ts';
import type { Located } from '../value/mapping.ts';
import { reportPlaceCount, type SecretKeys, secretInEnvironment, secretInFile } from './secret-place.ts';

/** The password of a login, from `password_file` or `password_env`; an empty one stands for one that was reported. */
export async function readPassword(at: Located, login: SecretKeys, context: Context): Promise<Secret> {
  reportPlaceCount(at, { what: 'password', keys: ['password_file', 'password_env'] }, context);
  const inFile = await secretInFile(login, { key: 'password_file', what: 'password' }, context);
  return inFile ?? secretInEnvironment(login, 'password_env', context) ?? secretOf('');
}
