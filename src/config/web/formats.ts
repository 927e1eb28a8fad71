import { alternatives, nearest, refuse, show, textOf } from '../value/wording.ts';
import { clientAuthTypes, formerRequireAny, headerValues, tlsVersions } from './web-config.ts';

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

const unitSeconds = { ns: 1e-9, us: 1e-6, µs: 1e-6, μs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 } as const;

const partPattern = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/gy;

/** Seconds of a duration as Go writes it, like `1s`, `1.5s`, `1h30m` or `0`; null when the text is not one. */
export function parseGoDuration(text: string): number | null {
  if (text === '0') return 0;
  const parts = [...text.matchAll(partPattern)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) return null;
  const seconds = parts.reduce((sum, [, number, unit]) => sum + Number(number) * secondsOf(unit ?? ''), 0);
  return Number.isFinite(seconds) ? seconds : null;
}

function secondsOf(unit: string): number {
  return Object.entries(unitSeconds).find(([name]) => name === unit)?.[1] ?? Number.NaN;
}
