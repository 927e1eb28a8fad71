import { serverErrorClass } from '../model/errors/server-error.ts';
import type { Failure, FailureReason } from '../model/failure-reason.ts';
import { isNoTls, isTlsCode, tlsErrorText } from './tls-error.ts';

/** Longer texts are cut: the rest helps nobody in a log line. */
const maximumMessageCharacters = 300;

/** Node's codes of the network. Source: node:errors. */
const reasonByCode: ReadonlyMap<string, FailureReason> = new Map([
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['EAI_FAIL', 'dns'],
  ['EAI_NODATA', 'dns'],
  ['ECONNREFUSED', 'refused'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['EADDRNOTAVAIL', 'unreachable'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['ECONNABORTED', 'reset'],
  ['ETIMEDOUT', 'unreachable'],
]);

/** Names of errors that a time limit raised: a signal's and a batch's own. */
const timeouts: ReadonlySet<unknown> = new Set(['TimeoutError', 'TimeLimitError']);

/** The codes of tedious and mssql, looked at after the codes of what caused them. */
const reasonByDriverCode: ReadonlyMap<string, FailureReason> = new Map([
  // Without a number: the server ended the login and did not say why.
  ['ELOGIN', 'unknown'],
  ['EFEDAUTH', 'unknown'],
  ['ETIMEOUT', 'timeout'],
  ['ESOCKET', 'reset'],
  ['ECLOSE', 'reset'],
  ['ECONNCLOSED', 'reset'],
  ['ENOTOPEN', 'reset'],
  ['EINVALIDSTATE', 'protocol'],
  ['EPARSE', 'protocol'],
  ['ETOOLARGE', 'too_large'],
  // Bytes that are none of TDS, met by the driver's own reading of a packet's head.
  ['ERR_BUFFER_OUT_OF_BOUNDS', 'protocol'],
  ['ERR_OUT_OF_RANGE', 'protocol'],
  // Of a gateway whose place moves, until it knows where to.
  ['EREDIRECT', 'unavailable'],
]);

const saidByGate: ReadonlySet<string> = new Set(['EPARSE', 'ETOOLARGE', 'EREDIRECT']);

/** Turns whatever the driver threw into a failure with one of the closed set of reasons. Never throws. */
export function classifyError(error: unknown): Failure {
  const chain = causes(error);
  const errorNumber = numberOf(chain);
  const redirectedTo = chain.map((cause) => field(cause, 'redirectedTo')).find((place) => typeof place === 'string');
  const reason = reasonOf(chain, errorNumber);
  const stack = isOfDriver(reason, chain) ? framesOf(chain) : '';
  return {
    ...{ reason, message: messageOf(chain), errorNumber },
    ...(typeof redirectedTo === 'string' ? { redirectedTo } : {}),
    ...(stack === '' ? {} : { stack }),
  };
}

/**
 * Whether frames say more than the message: of a defect, and of what the driver threw at bytes that it could not read. What the
 * gate found, and TLS that is none, say it in words.
 */
function isOfDriver(reason: FailureReason, chain: readonly unknown[]): boolean {
  if (reason !== 'protocol') return reason === 'internal';
  const code = field(chain.at(-1), 'code');
  return !(typeof code === 'string' && (saidByGate.has(code) || isTlsCode(code)));
}

const mostFrames = 12;

/** Where the innermost cause came from: frames only, since the message stands by itself. */
function framesOf(chain: readonly unknown[]): string {
  const stack = chain.map((cause) => field(cause, 'stack')).findLast((each) => typeof each === 'string');
  const frames = typeof stack === 'string' ? stack.split('\n').filter((line) => /^ {4}at /.test(line)) : [];
  return frames
    .slice(0, mostFrames)
    .map((line) => line.trim())
    .join('; ');
}

/** Whether the connection can serve further batches: SQL Server refused this one batch and stays (severity below 20). */
export function isStatementError(error: unknown): boolean {
  return causes(error).some(
    (cause) => typeof field(cause, 'number') === 'number' && Number(field(cause, 'class') ?? 0) < 20,
  );
}

function reasonOf(chain: readonly unknown[], errorNumber: number | null): FailureReason {
  if (errorNumber !== null) return serverErrorClass(errorNumber) ?? 'unknown';
  if (chain.some((cause) => timeouts.has(field(cause, 'name')))) return 'timeout';
  const codes = codesOf(chain);
  // What the gate says is meant so, whatever words of a server stand in it.
  for (const code of codes) if (saidByGate.has(code)) return reasonByDriverCode.get(code) ?? 'protocol';
  // The innermost code says most: an ESOCKET of the driver has an ECONNREFUSED of the system inside.
  for (const code of codes.toReversed()) {
    const reason = reasonByCode.get(code);
    if (reason !== undefined) return reason;
    if (isTlsCode(code)) return isNoTls(code) ? 'protocol' : 'tls';
  }
  return reasonByText(chain) ?? codes.map((code) => reasonByDriverCode.get(code)).find(Boolean) ?? 'internal';
}

function codesOf(chain: readonly unknown[]): readonly string[] {
  return chain.map((cause) => field(cause, 'code')).filter((code) => typeof code === 'string');
}

/** tedious wraps some causes into a text only (lib/connection.js, wrapSocketError and its callers). */
function reasonByText(chain: readonly unknown[]): FailureReason | null {
  const text = chain.map((cause) => String(field(cause, 'message') ?? '')).join('\n');
  const system = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ECONNRESET|EPIPE|ETIMEDOUT)\b/.exec(
    text,
  );
  if (system?.[1]) return reasonByCode.get(system[1]) ?? null;
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
    // The first of several addresses last: it is the innermost then, and decides.
    const inner = field(cause, 'errors');
    if (Array.isArray(inner)) inner.toReversed().forEach(add);
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
  const text = String(tlsTextOf(chain) ?? (addressTexts(chain) || (texts[0] ?? 'unknown error')))
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  return text.length > maximumMessageCharacters ? `${text.slice(0, maximumMessageCharacters).toWellFormed()}…` : text;
}

/** What each of several addresses answered: the error that gathers them says nothing. */
function addressTexts(chain: readonly unknown[]): string {
  const gathered = chain.map((cause) => field(cause, 'errors')).find((errors) => Array.isArray(errors));
  const texts = Array.isArray(gathered) ? gathered.map((error: unknown) => field(error, 'message')) : [];
  return [...new Set(texts.filter((text) => typeof text === 'string' && text !== ''))].join('; ');
}

/** In our words: the driver repeats OpenSSL's, with its files and lines. */
function tlsTextOf(chain: readonly unknown[]): string | null {
  for (const cause of chain.toReversed()) {
    const code = field(cause, 'code');
    if (typeof code !== 'string' || numberOf(chain) !== null) continue;
    const text = tlsErrorText(code, { reason: field(cause, 'reason'), message: field(cause, 'message') });
    if (text !== null) return text;
  }
  return null;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
