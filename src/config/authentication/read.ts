import { type Secret, secretOf } from '../secret/secret.ts';
import { authenticationTypes } from '../value/formats.ts';
import { type Context, type Located, readMapping } from '../value/mapping.ts';
import type { Authentication, SqlLogin, WindowsLogin } from './authentication.ts';
import { readAzureDefault, readManagedIdentity, readServicePrincipal, readWorkloadIdentity } from './azure-identity.ts';
import { authenticationSchemas, authenticationTypeSchema } from './schema.ts';
import { reportPlaceCount, type SecretKeys, secretInEnvironment, secretInFile } from './secret-place.ts';

type Reader = (at: Located, context: Context) => Authentication | Promise<Authentication>;

const readers: { readonly [Type in Authentication['type']]: Reader } = {
  sql_login: readSqlLogin,
  windows: readWindowsLogin,
  managed_identity: readManagedIdentity,
  service_principal: readServicePrincipal,
  workload_identity: readWorkloadIdentity,
  azure_default: readAzureDefault,
};

/** Stands in the place of an authentication that was reported; the configuration is refused then. */
const none: Authentication = { type: 'sql_login', username: '', password: secretOf('') };

/** Reads `authentication`; null is one that is absent or reported. */
export async function readAuthentication(at: Located | null, context: Context): Promise<Authentication> {
  if (at === null) return none;
  const type = givenType(at);
  const known = authenticationTypes.find((candidate) => candidate === type);
  if (known !== undefined) return readers[known](at, context);
  if (type !== null) {
    // Which other keys belong to it can't be told, so only the type is reported.
    readMapping(authenticationTypeSchema, typeOnly(at), context.report);
    return none;
  }
  // Without a type it is most likely the oldest one.
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

/** Reads an authentication of type `sql_login`. */
async function readSqlLogin(at: Located, context: Context): Promise<SqlLogin> {
  const login = readMapping(authenticationSchemas.sql_login, at, context.report);
  return {
    type: 'sql_login',
    username: login.values.username ?? '',
    password: await readPassword(at, login, context),
  };
}

/** Reads an authentication of type `windows`. */
async function readWindowsLogin(at: Located, context: Context): Promise<WindowsLogin> {
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

/** The password of a login, from `password_file` or `password_env`; an empty one stands for one that was reported. */
async function readPassword(at: Located, login: SecretKeys, context: Context): Promise<Secret> {
  reportPlaceCount(at, { what: 'password', keys: ['password_file', 'password_env'] }, context);
  const inFile = await secretInFile(login, { key: 'password_file', what: 'password' }, context);
  return inFile ?? secretInEnvironment(login, 'password_env', context) ?? secretOf('');
}
