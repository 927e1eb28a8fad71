import type { Context } from '../context.ts';
import { type Located, readMapping } from '../value/mapping.ts';
import type { ManagedIdentity } from './authentication.ts';
import { readCloud } from './cloud.ts';
import { authenticationSchemas } from './schema.ts';

/** Reads an authentication of type `managed_identity`. */
export function readManagedIdentity(at: Located, context: Context): ManagedIdentity {
  const identity = readMapping(authenticationSchemas.managed_identity, at, context.report);
  return { type: 'managed_identity', clientId: identity.values.client_id, cloud: readCloud(identity, context) };
}
