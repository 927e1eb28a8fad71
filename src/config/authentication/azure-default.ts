import type { Context } from '../context.ts';
import { type Located, readMapping } from '../value/mapping.ts';
import type { AzureDefault } from './authentication.ts';
import { readCloud } from './cloud.ts';
import { authenticationSchemas } from './schema.ts';

/** Reads an authentication of type `azure_default`. */
export function readAzureDefault(at: Located, context: Context): AzureDefault {
  const identity = readMapping(authenticationSchemas.azure_default, at, context.report);
  return { type: 'azure_default', clientId: identity.values.client_id, cloud: readCloud(identity, context) };
}
