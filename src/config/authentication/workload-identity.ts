import { resolve } from 'node:path';
import type { Context } from '../context.ts';
import { relativeHint } from '../file/text-file.ts';
import { readSecret, SecretError, secretFromFile } from '../secret/secret.ts';
import { type Located, type Mapping, readMapping } from '../value/mapping.ts';
import type { WorkloadIdentity } from './authentication.ts';
import { readCloud } from './cloud.ts';
import { authenticationSchemas } from './schema.ts';

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
