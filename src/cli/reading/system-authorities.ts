import tls from 'node:tls';
import type { Config, ServerConfig } from '../../config/config.ts';

let isDone = false;

/**
 * Adds the authorities of the operating system to those that Node.js brings and to NODE_EXTRA_CA_CERTS, for every
 * connection that names none of its own. Reading them takes some 100 ms, so it is done when a server needs them, once.
 */
export function trustSystemAuthorities({ servers }: Pick<Config, 'servers'>): void {
  if (isDone || !servers.some(needsAuthorities)) return;
  isDone = true;
  const all = (['bundled', 'default', 'system'] as const).flatMap((kind) => tls.getCACertificates(kind));
  tls.setDefaultCACertificates([...new Set(all)]);
}

function needsAuthorities({ tls: { mode, ca, trustServerCertificate }, authentication }: ServerConfig): boolean {
  // A token comes from Entra ID, over HTTPS.
  const asksAzure = authentication.type !== 'sql_login' && authentication.type !== 'windows';
  return asksAzure || (mode !== 'off' && ca === null && !trustServerCertificate);
}
