import { refuse, textOf } from '../file/format-text.ts';

/** The ids of directories, applications and identities are UUIDs. */
const idPattern = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** RFC 1123 section 2.1, with at least one dot: a domain of the directory, as `contoso.onmicrosoft.com`. */
const domainPattern = /^(?!.{254})[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+$/i;

/** A NetBIOS name, or a DNS name. */
const windowsDomainPattern = /^(?:[^\s\\/:*?"<>|.@]{1,15}|[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+)$/;

/** Shows no value: a client secret may be in the wrong place. */
export function checkClientId(value: unknown): void {
  if (!idPattern.test(textOf(value, 'a client id'))) {
    refuse('this is not a client id: 32 hexadecimal digits, as 00000000-0000-0000-0000-000000000000');
  }
}

/** Shows no value: a client secret may be in the wrong place. */
export function checkTenantId(value: unknown): void {
  const id = textOf(value, 'the id of a directory');
  if (!idPattern.test(id) && !domainPattern.test(id)) {
    refuse('this is not the id of a directory (32 hexadecimal digits) nor one of its domain names');
  }
}

/** Shows no value: as `https://user:password@host` it may hold a password. */
export function checkHttpsUrl(value: unknown): void {
  const text = textOf(value, 'a URL');
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url?.protocol !== 'https:' || !isPlain || url.pathname !== '/') {
    refuse('this is not the URL of a server: https:// and its name, without a path');
  }
}

/** Shows no value: a password may be in the wrong place. */
export function checkWindowsDomain(value: unknown): void {
  if (!windowsDomainPattern.test(textOf(value, 'the name of a Windows domain'))) {
    refuse('this is not the name of a Windows domain: CORP, or corp.example');
  }
}
