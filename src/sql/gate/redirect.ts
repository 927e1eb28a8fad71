import { isIP } from 'node:net';
import type { ServerConfig } from '../../config/config.ts';

/**
 * Whether a server may send the login on to another name. The driver verifies the second certificate against that name
 * unless `tls.server_name` is set, so the name must be one that the configuration stands for: the host itself, a name in
 * its own domain, or, where the name to verify is configured, any.
 */
export function isAllowedRedirect({ host, tls }: Pick<ServerConfig, 'host' | 'tls'>, target: string): boolean {
  if (tls.serverName !== null && tls.mode !== 'off' && !tls.trustServerCertificate) return true;
  const [from, to] = [plain(host), plain(target)];
  if (from === to) return true;
  const domain = domainOf(from);
  return domain !== null && isIP(to) === 0 && to.endsWith(domain);
}

function plain(name: string): string {
  const lower = name.trim().toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

/**
 * `.database.windows.net` of a managed instance, whose gateway sends clients on to a node elsewhere in that domain
 * (redirect connection type); else what follows the first label. Null for an address and for a bare name.
 */
function domainOf(host: string): string | null {
  if (isIP(host) !== 0) return null;
  const azure = host.indexOf('.database.');
  if (azure >= 0) return host.slice(azure);
  const rest = host.slice(Math.max(0, host.indexOf('.')));
  // A top level domain alone is everybody's.
  return host.includes('.') && rest.indexOf('.', 1) > 0 ? rest : null;
}
