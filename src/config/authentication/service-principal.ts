import type { Context } from '../context.ts';
import { secretOf } from '../secret/secret.ts';
import { type Located, readMapping } from '../value/mapping.ts';
import type { ServicePrincipal } from './authentication.ts';
import { readClientCertificate } from './client-certificate.ts';
import { readCloud } from './cloud.ts';
import { authenticationSchemas } from './schema.ts';
import { reportPlaceCount, type SecretKeys, secretInEnvironment, secretInFile } from './secret-place.ts';

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
