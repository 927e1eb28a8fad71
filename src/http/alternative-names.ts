import type { X509Certificate } from 'node:crypto';
import { isIPv6, SocketAddress } from 'node:net';

/** `TYPE:value` or, where the value could be mistaken for more entries, `TYPE:"JSON"` (Node, CVE-2021-44532). */
const entryPattern = /([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^",]*)(?:, |$)/y;

/** The kinds that the toolkit looks at, in the words of Node. */
const kinds: readonly string[] = ['DNS', 'IP Address', 'URI', 'email'];

/**
 * The DNS names, IP addresses, URIs and mail addresses that a certificate is for, as they stand in it; IPv6 addresses in
 * their shortest form. None at all when an entry can't be told from the next: nobody gets in by a trick.
 */
export function alternativeNamesOf({ subjectAltName }: Pick<X509Certificate, 'subjectAltName'>): string[] {
  const names: string[] = [];
  const text = subjectAltName ?? '';
  entryPattern.lastIndex = 0;
  while (entryPattern.lastIndex < text.length) {
    const [, kind = '', value = ''] = entryPattern.exec(text) ?? [];
    if (kind === '') return [];
    if (kinds.includes(kind)) names.push(nameOf(kind, value));
  }
  return names;
}

function nameOf(kind: string, value: string): string {
  const name: string = value.startsWith('"') ? JSON.parse(value) : value;
  return kind === 'IP Address' && isIPv6(name) ? new SocketAddress({ address: name, family: 'ipv6' }).address : name;
}
