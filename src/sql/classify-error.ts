import type { Failure, FailureReason } from '../model/failure-reason.ts';

/** Longer texts are cut: the rest helps nobody in a log line. */
const maximumMessageCharacters = 300;

/** Node's and TLS' codes. Sources: node:errors, OpenSSL X509_verify_cert_error_string names as Node gives them. */
const reasonByCode: Readonly<Record<string, FailureReason>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ECONNABORTED: 'reset',
  ETIMEDOUT: 'unreachable',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_GET_ISSUER_CERT: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  CERT_HAS_EXPIRED: 'tls',
  CERT_NOT_YET_VALID: 'tls',
  CERT_UNTRUSTED: 'tls',
  CERT_REJECTED: 'tls',
  CERT_REVOKED: 'tls',
  CERT_SIGNATURE_FAILURE: 'tls',
  INVALID_CA: 'tls',
  INVALID_PURPOSE: 'tls',
  HOSTNAME_MISMATCH: 'tls',
  EENCRYPT: 'tls',
};

/** Names of errors that a time limit raised: a signal's and a batch's own. */
const timeouts: ReadonlySet<unknown> = new Set(['TimeoutError', 'TimeLimitError']);

/** The codes of tedious and mssql, looked at after the codes of what caused them. */
const reasonByDriverCode: Readonly<Record<string, FailureReason>> = {
  ELOGIN: 'login',
  EFEDAUTH: 'login',
  ETIMEOUT: 'timeout',
  ESOCKET: 'reset',
  ECLOSE: 'reset',
  ECONNCLOSED: 'reset',
  ENOTOPEN: 'reset',
  EINVALIDSTATE: 'protocol',
  EPARSE: 'protocol',
  ETOOLARGE: 'too_large',
};

/** SQL Server error numbers (sys.messages). */
const reasonByNumber: ReadonlyMap<number, FailureReason> = new Map([
  ...[229, 230, 262, 297, 300, 371, 15003, 15247, 27219].map((number) => [number, 'permission'] as const),
  ...[207, 208, 2812].map((number) => [number, 'missing_object'] as const),
  ...[4060, 4062, 4064, 18452, 18456, 18461, 18470, 18486, 18487, 18488].map((number) => [number, 'login'] as const),
  // Lock request time out, and a batch that the server gave up.
  [1222, 'timeout'],
]);

/** Turns whatever the driver threw into a failure with one of the closed set of reasons. Never throws. */
export function classifyError(error: unknown): Failure {
  const chain = causes(error);
  const errorNumber = numberOf(chain);
  return { reason: reasonOf(chain, errorNumber), message: messageOf(chain), errorNumber };
}

/** Whether the connection can serve further batches: SQL Server refused this one batch and stays (severity below 20). */
export function isStatementError(error: unknown): boolean {
  return causes(error).some(
    (cause) => typeof field(cause, 'number') === 'number' && Number(field(cause, 'class') ?? 0) < 20,
  );
}

function reasonOf(chain: readonly unknown[], errorNumber: number | null): FailureReason {
  const byNumber = errorNumber === null ? undefined : reasonByNumber.get(errorNumber);
  if (byNumber) return byNumber;
  if (chain.some((cause) => timeouts.has(field(cause, 'name')))) return 'timeout';
  const codes = chain.map((cause) => field(cause, 'code')).filter((code) => typeof code === 'string');
  // The innermost code says most: an ESOCKET of the driver has an ECONNREFUSED of the system inside.
  // What the gate says is meant so, whatever words of a server stand in it.
  for (const code of codes)
    if (code === 'EPARSE' || code === 'ETOOLARGE') return reasonByDriverCode[code] ?? 'protocol';
  for (const code of codes.toReversed()) {
    if (reasonByCode[code]) return reasonByCode[code];
    if (code.startsWith('ERR_TLS_') || code.startsWith('ERR_SSL_')) return 'tls';
  }
  if (errorNumber !== null) return codes.includes('ELOGIN') ? 'login' : 'query';
  return reasonByText(chain) ?? codes.map((code) => reasonByDriverCode[code]).find(Boolean) ?? 'internal';
}

/** tedious wraps some causes into a text only (lib/connection.js, wrapSocketError and its callers). */
function reasonByText(chain: readonly unknown[]): FailureReason | null {
  const text = chain.map((cause) => String(field(cause, 'message') ?? '')).join('\n');
  const system = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ECONNRESET|EPIPE|ETIMEDOUT)\b/.exec(
    text,
  );
  if (system?.[1]) return reasonByCode[system[1]] ?? null;
  if (/certificate|self.signed|\b(TLS|SSL)\b|altname|does not support encryption/i.test(text)) return 'tls';
  if (
    /unknown (type|token)|token type|unexpected (data|token|end of)|incoming packet|\bparse|out of range|malformed/i.test(
      text,
    )
  )
    return 'protocol';
  return /socket hang up|connection (closed|lost|ended)/i.test(text) ? 'reset' : null;
}

function causes(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  const add = (cause: unknown): void => {
    if (cause === undefined || cause === null || chain.includes(cause) || chain.length > 20) return;
    chain.push(cause);
    for (const key of ['originalError', 'info', 'cause']) add(field(cause, key));
    const inner = field(cause, 'errors');
    if (Array.isArray(inner)) inner.forEach(add);
  };
  add(error);
  return chain;
}

function numberOf(chain: readonly unknown[]): number | null {
  const number = chain.map((cause) => field(cause, 'number')).find((value) => typeof value === 'number' && value > 0);
  return typeof number === 'number' ? number : null;
}

function messageOf(chain: readonly unknown[]): string {
  const texts = chain.map((cause) => field(cause, 'message')).filter((text) => typeof text === 'string' && text !== '');
  const text = String(texts[0] ?? 'unknown error')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  return text.length > maximumMessageCharacters ? `${text.slice(0, maximumMessageCharacters).toWellFormed()}…` : text;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
