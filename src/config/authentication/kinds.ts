import type { Context } from '../context.ts';
import { type Secret, secretOf } from '../secret/secret.ts';
import { type Located, readMapping } from '../value/mapping.ts';
import type { AzureDefault, ManagedIdentity, ServicePrincipal, SqlLogin, WindowsLogin } from './authentication.ts';
import { readClientCertificate } from './client-certificate.ts';
import { readCloud } from './cloud.ts';
import { authenticationSchemas } from './schema.ts';
import { reportPlaceCount, type SecretKeys, secretInEnvironment, secretInFile } from './secret-place.ts';

/** Reads an authentication of type `azure_default`. */
export function readAzureDefault(at: Located, context: Context): AzureDefault {
  const identity = readMapping(authenticationSchemas.azure_default, at, context.report);
  return { type: 'azure_default', clientId: identity.values.client_id, cloud: readCloud(identity, context) };
}

/** Reads an authentication of type `managed_identity`. */
export function readManagedIdentity(at: Located, context: Context): ManagedIdentity {
  const identity = readMapping(authenticationSchemas.managed_identity, at, context.report);
  return { type: 'managed_identity', clientId: identity.values.client_id, cloud: readCloud(identity, context) };
}

const proofs = {
  what: 'client secret or certificate',
  keys: ['client_secret_file', 'client_secret_env', 'client_certificate_file'],
};

/** Reads an authentication of type `service_principal`. */
export async function readServicePrincipal(at: Located, context: Context): Promise<ServicePrincipal> {
  const principal = readMapping(authenticationSchemas.service_principal, at, context.report);
  reportPlaceCount(at, proofs, context);
  return {
    type: 'service_principal',
    tenantId: principal.values.tenant_id ?? '',
    clientId: principal.values.client_id ?? '',
    proof: (await readClientCertificate(principal, context)) ?? (await readClientSecret(principal, context)),
    cloud: readCloud(principal, context),
  };
}

async function readClientSecret(keys: SecretKeys, context: Context): Promise<ServicePrincipal['proof']> {
  const inFile = await secretInFile(keys, { key: 'client_secret_file', what: 'client secret' }, context);
  return { kind: 'secret', secret: inFile ?? secretInEnvironment(keys, 'client_secret_env', context) ?? secretOf('') };
}

/** Reads an authentication of type `sql_login`. */
export async function readSqlLogin(at: Located, context: Context): Promise<SqlLogin> {
  const login = readMapping(authenticationSchemas.sql_login, at, context.report);
  return {
    type: 'sql_login',
    username: login.values.username ?? '',
    password: await readPassword(at, login, context),
  };
}

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

/** The password of a login, from `password_file` or `password_env`; an empty one stands for one that was reported. */
async function readPassword(at: Located, login: SecretKeys, context: Context): Promise<Secret> {
  reportPlaceCount(at, { what: 'password', keys: ['password_file', 'password_env'] }, context);
  const inFile = await secretInFile(login, { key: 'password_file', what: 'password' }, context);
  return inFile ?? secretInEnvironment(login, 'password_env', context) ?? secretOf('');
}
