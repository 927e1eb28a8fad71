import { resolve } from 'node:path';
import type { Authentication } from './config.ts';
import type { Context } from './context.ts';
import { authenticationTypes } from './formats.ts';
import { type Located, type Mapping, readMapping } from './mapping.ts';
import { authenticationSchemas, authenticationTypeSchema } from './schema.ts';
import { readSecret, type Secret, SecretError, secretFromFile, secretOf } from './secret.ts';
import { relativeHint } from './text-file.ts';
import { isInlinePassword } from './unknown-key.ts';

type PasswordKeys = Mapping<{ password_file: string | null; password_env: string | null }>;

/** Stands in the place of an authentication that was reported; the configuration is refused then. */
const none: Authentication = { type: 'sql_login', username: '', password: secretOf('') };

/** Reads `authentication`; null is one that is absent or reported. */
export async function readAuthentication(at: Located | null, context: Context): Promise<Authentication> {
  if (at === null) return none;
  const type = givenType(at);
  const known = authenticationTypes.find((candidate) => candidate === type);
  if (type !== null && known === undefined) {
    // Which other keys belong to it can't be told, so only the type is reported.
    readMapping(authenticationTypeSchema, typeOnly(at), context.report);
    return none;
  }
  return readSqlLogin(at, context);
}

/** The value of `type`, whatever it is; null when there is none. */
function givenType({ node }: Located): unknown {
  const entry = node.kind === 'mapping' ? node.entries.find(({ key }) => key === 'type') : undefined;
  if (entry === undefined) return null;
  return entry.value.kind === 'scalar' ? entry.value.value : entry.value.kind;
}

function typeOnly(at: Located): Located {
  if (at.node.kind !== 'mapping') return at;
  return { ...at, node: { ...at.node, entries: at.node.entries.filter(({ key }) => key === 'type') } };
}

async function readSqlLogin(at: Located, context: Context): Promise<Authentication> {
  const login = readMapping(authenticationSchemas.sql_login, at, context.report);
  reportPasswordCount(at, context);
  const password = (await passwordFromFile(login, context)) ?? passwordFromEnvironment(login, context) ?? none.password;
  return { type: 'sql_login', username: login.values.username ?? '', password };
}

/** One password in one place. An inline one is already reported as an unknown key. */
function reportPasswordCount(at: Located, { report }: Context): void {
  if (at.node.kind !== 'mapping') return;
  const places = at.node.entries.filter(({ key }) => key === 'password_file' || key === 'password_env');
  const second = places[1];
  if (second !== undefined) {
    report(at.path, second.line, 'two ways of giving one password: keep either password_file or password_env');
  }
  const inline = at.node.entries.some(({ key }) => key !== null && isInlinePassword(key));
  if (places.length === 0 && !inline) report(at.path, at.line, 'no password: give password_file or password_env');
}

async function passwordFromFile(login: PasswordKeys, { folder, report }: Context): Promise<Secret | null> {
  const given = login.given('password_file');
  const path = login.values.password_file;
  if (given === null || path === null) return null;
  const secret = secretFromFile(resolve(folder, path));
  try {
    await readSecret(secret);
  } catch (error) {
    if (!(error instanceof SecretError)) throw error;
    report(given.path, given.line, `${error.reason}${relativeHint(path, error.reason)}`);
  }
  return secret;
}

/** Names no variable: a password may be in the place of the name. */
function passwordFromEnvironment(login: PasswordKeys, { env, report }: Context): Secret | null {
  const given = login.given('password_env');
  const name = login.values.password_env;
  if (given === null || name === null) return null;
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  if (value === undefined) report(given.path, given.line, 'the environment variable is not set');
  else if (value === '') report(given.path, given.line, 'the environment variable is empty');
  return value === undefined ? null : secretOf(value);
}
