import { refuse, textOf } from '../file/format-text.ts';
import { alternatives, nearest, show } from '../value/wording.ts';
import { parseGoDuration } from './go-duration.ts';
import { clientAuthTypes, formerRequireAny, headerValues, tlsVersions } from './names.ts';

/** Each check throws an error whose message becomes the problem. None shows a value that may be a key or a password. */
export const webFormats = {
  'web-pem': (value: unknown) => void textOf(value, 'a PEM text'),
  'web-client-auth-type': checkClientAuthType,
  'web-tls-version': checkTlsVersion,
  'web-interval': checkInterval,
  'web-burst': checkBurst,
  'web-header': checkHeader,
  'web-frame-options': (value: unknown) =>
    checkListed(value, headerValues['X-Frame-Options'], 'a value of this header'),
  'web-content-type-options': (value: unknown) =>
    checkListed(value, headerValues['X-Content-Type-Options'], 'a value of this header'),
} as const satisfies Record<string, (value: unknown) => void>;

/** Refuses a value that is none of the allowed ones, naming them or the nearest. */
export function checkListed(value: unknown, allowed: readonly string[], kind: string): void {
  if (typeof value === 'string' && allowed.includes(value)) return;
  const close = typeof value === 'string' ? nearest(value, allowed) : null;
  const hint = close === null ? `use ${alternatives(allowed)}` : `did you mean ${close}?`;
  refuse(`${show(value)} is not ${kind}: ${hint}`);
}

function checkClientAuthType(value: unknown): void {
  if (value !== formerRequireAny) checkListed(value, clientAuthTypes, 'a client authentication type');
}

function checkTlsVersion(value: unknown): void {
  checkListed(value, Object.keys(tlsVersions), 'a TLS version');
}

function checkInterval(value: unknown): void {
  if (value === 0) return;
  // Go would read a bare number as nanoseconds, which nobody means.
  if (typeof value === 'number') refuse(`${value} has no unit: write ${value}s for seconds, or 0 for no limit`);
  if (typeof value !== 'string' || parseGoDuration(value) === null) {
    refuse(`${show(value)} is not a duration: write it like 1s, 100ms or 1m30s`);
  }
}

function checkBurst(value: unknown): void {
  if (!Number.isSafeInteger(value) || Number(value) < 0) refuse(`${show(value)} is not a whole number from 0`);
}

/** RFC 9110 section 5.5, without the old bytes beyond ASCII. */
function checkHeader(value: unknown): void {
  const text = textOf(value, 'the value of a header');
  if (!/^[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?$/.test(text)) {
    refuse('the value of a header is one line of ASCII without spaces at its ends');
  }
}
