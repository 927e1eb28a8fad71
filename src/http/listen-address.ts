import { isIPv6 } from 'node:net';

/** Where to listen. `host` is null for every address of the machine; port 0 takes a free one. */
export interface ListenAddress {
  readonly host: string | null;
  readonly port: number;
}

/** A listen address that can't be one: the message says what is allowed. */
export class ListenAddressError extends Error {
  override readonly name = 'ListenAddressError';
}

const allowed = 'allowed are HOST:PORT, [IPV6]:PORT and :PORT with a port from 0 to 65535';

/**
 * Reads an address in the form of the Prometheus family: `:10522`, `127.0.0.1:0`, `[::1]:10522`, `host:10522`.
 * @throws ListenAddressError
 */
export function parseListenAddress(text: string): ListenAddress {
  if (text.startsWith('vsock:')) throw problem(text, 'Node has no VM sockets');
  if (text.startsWith('unix:') || text.startsWith('/'))
    throw problem(text, 'for a Unix socket let systemd open it and use --web.systemd-socket');
  const colon = text.lastIndexOf(':');
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535)
    throw problem(text, `has no colon before its port: write :${text}`);
  if (colon === -1 || text.endsWith(']')) throw problem(text, 'has no port');
  return { host: parseHost(text, text.slice(0, colon)), port: parsePort(text, text.slice(colon + 1)) };
}

/** The address as one writes it. */
export function formatListenAddress({ host, port }: ListenAddress): string {
  if (host === null) return `:${port}`;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function parseHost(text: string, host: string): string | null {
  if (host === '') return null;
  const inBrackets = /^\[(.*)\]$/.exec(host)?.[1];
  if (inBrackets !== undefined) {
    if (isIPv6(inBrackets)) return inBrackets;
    throw problem(text, `"${inBrackets}" is not an IPv6 address`);
  }
  if (isIPv6(text) || isIPv6(host)) throw problem(text, 'an IPv6 address must stand in brackets');
  if (/^[A-Za-z0-9_.-]+$/.test(host)) return host;
  throw problem(text, `"${host}" is not a host name or an IP address`);
}

function parsePort(text: string, port: string): number {
  if (port === '') throw problem(text, 'has no port');
  const number = Number(port);
  if (/^\d{1,5}$/.test(port) && number <= 65_535) return number;
  throw problem(text, `"${port}" is not a port`);
}

function problem(text: string, what: string): ListenAddressError {
  return new ListenAddressError(`listen address "${text}": ${what}; ${allowed}`);
}
