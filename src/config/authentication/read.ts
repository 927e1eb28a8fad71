import type { Context } from '../context.ts';
import { secretOf } from '../secret/secret.ts';
import { authenticationTypes } from '../value/formats.ts';
import { type Located, readMapping } from '../value/mapping.ts';
import type { Authentication } from './authentication.ts';
import {
  readAzureDefault,
  readManagedIdentity,
  readServicePrincipal,
  readSqlLogin,
  readWindowsLogin,
} from './kinds.ts';
import { authenticationTypeSchema } from './schema.ts';
import { readWorkloadIdentity } from './workload-identity.ts';

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
