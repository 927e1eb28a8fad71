import { resolve } from 'node:path';
import { withoutTrailing } from '../../model/without-trailing.ts';
import { relativeHint } from '../file/text-file.ts';
import { readSecret, SecretError, secretFromFile, secretOf } from '../secret/secret.ts';
import { type Context, type Located, type Mapping, readMapping } from '../value/mapping.ts';
import {
  type AzureCloud,
  type AzureDefault,
  azureClouds,
  type ManagedIdentity,
  type ServicePrincipal,
  type WorkloadIdentity,
} from './authentication.ts';
import { readClientCertificate } from './client-certificate.ts';
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

/** What the webhook of Azure Workload Identity puts into the container. */
const variables = {
  tenant_id: 'AZURE_TENANT_ID',
  client_id: 'AZURE_CLIENT_ID',
  token_file: 'AZURE_FEDERATED_TOKEN_FILE',
} as const;

type WorkloadKeys = Mapping<{ tenant_id: string | null; client_id: string | null; token_file: string | null }>;

/** Reads an authentication of type `workload_identity`; what is left out comes from the environment. */
export async function readWorkloadIdentity(at: Located, context: Context): Promise<WorkloadIdentity> {
  const identity = readMapping(authenticationSchemas.workload_identity, at, context.report);
  const place: Place = { at, identity, context };
  const tokenFile = resolve(context.folder, valueFor(place, 'token_file'));
  await reportUnreadable(place, tokenFile);
  return {
    type: 'workload_identity',
    tenantId: valueFor(place, 'tenant_id'),
    clientId: valueFor(place, 'client_id'),
    tokenFile,
    cloud: readCloud(identity, context),
  };
}

interface Place {
  readonly at: Located;
  readonly identity: WorkloadKeys;
  readonly context: Context;
}

/** The file's, or the environment's; one that is nowhere is reported. */
function valueFor({ at, identity, context }: Place, key: keyof typeof variables): string {
  const value = identity.values[key] ?? context.env[variables[key]] ?? '';
  const isGiven = at.node.kind === 'mapping' && at.node.entries.some((entry) => entry.key === key);
  if (value === '' && !isGiven) {
    context.report(at.path, at.line, `no ${key}: give it, or set the environment variable ${variables[key]}`);
  }
  return value;
}

async function reportUnreadable({ at, identity, context }: Place, path: string): Promise<void> {
  const given = identity.given('token_file');
  const value = identity.values.token_file ?? context.env[variables.token_file] ?? '';
  if (value === '' || identity.reported('token_file')) return;
  try {
    await readSecret(secretFromFile(path, "service account's token"));
  } catch (error) {
    if (!(error instanceof SecretError)) throw error;
    const source = given === null ? `${variables.token_file}: ` : '';
    context.report(
      given?.path ?? at.path,
      given?.line ?? at.line,
      `${source}${error.reason}${relativeHint(value, error.reason)}`,
    );
  }
}

type CloudKeys = Mapping<{
  cloud: keyof typeof azureClouds | null;
  authority_host: string | null;
  audience: string | null;
}>;

const authorityVariable = 'AZURE_AUTHORITY_HOST';

/**
 * Who gives tokens, and for what. The file says it first, then `AZURE_AUTHORITY_HOST`, which the webhook of workload
 * identity sets; else it is the public cloud. The audience is that of the authority's cloud unless it is given.
 */
function readCloud(keys: CloudKeys, { env, report, resourceManager }: Context): AzureCloud {
  const { authority_host: authority, audience } = keys.values;
  const own = keys.given('cloud');
  const outer = resourceManager?.cloud ?? null;
  const cloud = keys.values.cloud ?? outer;
  if (own !== null && outer !== null && keys.values.cloud !== outer) {
    report(own.path, own.line, `contradicts cloud ${outer} of the section: remove one`);
  }
  const inherited = cloud === null && authority === null ? originOf(env[authorityVariable]) : null;
  const authorityHost = originOf(authority) ?? inherited ?? azureClouds[cloud ?? 'public'].authorityHost;
  const known = Object.values(azureClouds).find((candidate) => candidate.authorityHost === authorityHost);
  const place = cloud === null ? (known ?? azureClouds.public) : azureClouds[cloud];
  const ownAudience = resourceManager === undefined ? place.audience : place.resourceManager;
  const ca = resourceManager?.ca ?? null;
  return {
    authorityHost,
    scope: `${originOf(audience) ?? ownAudience}/.default`,
    isPublicAuthority: known !== undefined,
    ...(known === undefined && ca !== null ? { authorityCa: ca } : {}),
  };
}

/** Without a slash at the end. The variable may hold anything; what is no URL counts as absent. */
function originOf(url: string | null | undefined): string | null {
  return url === null || url === undefined || !URL.canParse(url) ? null : withoutTrailing(url, '/');
}
