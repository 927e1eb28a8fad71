import { isIP } from 'node:net';

/**
 * Ends of names that no registry of the public DNS gives to anybody: RFC 6761 and 8375, ICANN's decision on `internal`
 * (2024), the list of RFC 6762 appendix G; `svc` is Kubernetes'.
 */
const privateEnds: ReadonlySet<string> = new Set([
  'localhost',
  'local',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'localdomain',
  'svc',
]);

/**
 * Whether only a site of one's own can be behind this Host: an address, which is no name that could change; a name of one
 * word or of a private end, which nobody can register; or one of the exporter's `known` names. DNS rebinding needs a name
 * whose addresses the attacker decides.
 */
export function isOwnHost(host: string, known: readonly string[]): boolean {
  const name = hostnameOf(host);
  if (name === null) return false;
  if (isIP(name) !== 0 || known.includes(name)) return true;
  const labels = name.split('.');
  return labels.length === 1 || privateEnds.has(labels.at(-1) ?? '') || name.endsWith('.home.arpa');
}

/** The name or address of a Host header, without port, brackets and a last dot; null when it is neither. */
export function hostnameOf(host: string): string | null {
  const url = URL.parse(`http://${host}/`);
  if (url === null || url.username !== '' || url.password !== '' || url.pathname !== '/') return null;
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}
