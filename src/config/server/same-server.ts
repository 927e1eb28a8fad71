import type { ServerConfig } from '../config.ts';
import { isSameSecret, Secret } from '../secret/secret.ts';

/** Whether two configurations of a server are the same in everything: its connection can then stay as it is. */
export function isSameServer(one: ServerConfig, other: ServerConfig): boolean {
  return isSame(one, other);
}

/** Whether both are one place in the network: what was seen there stays true when only the way to log in changes. */
export function isSameAddress(one: ServerConfig, other: ServerConfig): boolean {
  return addressOf(one) === addressOf(other);
}

/** As names of hosts and instances are compared: without case. */
function addressOf({ host, port, instance }: ServerConfig): string {
  return JSON.stringify([host.toLowerCase(), port, instance?.toLowerCase() ?? null]);
}

/** Plain data, compared by value; secrets keep their value in a private field, which no general comparison sees. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one instanceof Secret || other instanceof Secret) {
    return one instanceof Secret && other instanceof Secret && isSameSecret(one, other);
  }
  if (!isRecord(one) || !isRecord(other)) return Object.is(one, other);
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => isSame(one[key], other[key]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
