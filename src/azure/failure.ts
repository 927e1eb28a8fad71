import type { AzureFailure, AzureFailureReason } from '../model/azure/state.ts';
import { fieldsIn, isFields, textIn, valueIn } from './answer/fields.ts';
import { withoutTokens } from './token-error.ts';

/** What of an answer says why it is none. */
interface RefusedAnswer {
  readonly status: number;
  readonly body: string;
  /** By name in lower case. */
  readonly header: (name: string) => string | undefined;
}

/** Codes of Azure for "too many requests" that come with another status than 429 (Microsoft's list of errors). */
const throttledCode = /TooManyRequests|RequestsThrottled/;

/** Sorts an answer that is none of what was asked for. Never throws. */
export function failureOfAnswer({ status, body, header }: RefusedAnswer): AzureFailure {
  const { code, message } = parseErrorBody(body);
  const isAzure = code !== null;
  const reason = reasonOf(status, code);
  return {
    reason: isAzure || !isAboutRights(reason) ? reason : 'bad_answer',
    message: message ?? (isAzure ? code : withoutWords(status, body)),
    status,
    code,
    action: reason === 'forbidden' ? missingAction(message) : null,
    requestId: header('x-ms-correlation-request-id') ?? header('x-ms-request-id') ?? null,
  };
}

function reasonOf(status: number, code: string | null): AzureFailureReason {
  if (status === 429 || throttledCode.test(code ?? '')) return 'throttled';
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  if (status === 407) return 'network';
  if (status === 408) return 'timeout';
  // 409 is an instance that is busy, or one that is stopped.
  if (status === 409 || status >= 500) return 'unavailable';
  return status >= 400 ? 'refused' : 'bad_answer';
}

/** What says something of this identity only when Azure says it: a proxy refuses with the same numbers. */
function isAboutRights(reason: AzureFailureReason): boolean {
  return reason === 'unauthorized' || reason === 'forbidden' || reason === 'not_found' || reason === 'refused';
}

function withoutWords(status: number, body: string): string {
  if (status >= 300 && status < 400) return `the answer is a redirection (${status}), which is not followed`;
  const kind = /^\s*</.test(body) ? 'a page, as a proxy has it' : body.trim() === '' ? 'nothing' : 'no error of Azure';
  return `the answer has status ${status} and says ${kind}`;
}

/** A failure without an answer. */
export function failureWithoutAnswer(reason: AzureFailureReason, message: string): AzureFailure {
  return { reason, message, status: null, code: null, action: null, requestId: null };
}

const maximumMessageCharacters = 300;

/** What was thrown in the place of an answer. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  const text = code === null || error.message.includes(code) ? error.message : `${error.message} (${code})`;
  const line = withoutTokens(text.replace(/[\p{C}\s]+/gu, ' ').trim());
  return line.length > maximumMessageCharacters ? `${line.slice(0, maximumMessageCharacters).toWellFormed()}…` : line;
}

/** A time within which Azure may name a longer one and be obeyed. */
export const longestPauseSeconds = 900;

/**
 * Seconds until Azure wants to be asked again: `Retry-After` in seconds or as a date, at most a quarter of an hour. Null
 * without one, and for 0, which Azure's throttling says in so many words: soon, but nobody knows when.
 */
export function retryAfterSeconds(header: string | undefined, nowSeconds: number): number | null {
  const text = (header ?? '').trim();
  const isDate = /^[A-Z][a-z]{2}, .*GMT$/.test(text);
  const seconds = isDate ? Date.parse(text) / 1000 - nowSeconds : /^\d{1,9}$/.test(text) ? Number(text) : 0;
  return seconds > 0 ? Math.min(Math.ceil(seconds), longestPauseSeconds) : null;
}

/** What Azure says of an error, `{"error":{"code","message"}}`; of a proxy's page there is nothing to be said. */
interface ErrorBody {
  readonly code: string | null;
  readonly message: string | null;
}

export function parseErrorBody(body: string): ErrorBody {
  let parsed: unknown = null;
  try {
    parsed = JSON.parse(body);
  } catch {
    // HTML of a proxy, or nothing at all.
  }
  if (!isFields(parsed)) return { code: null, message: null };
  const error = valueIn(parsed, 'error') === undefined ? parsed : fieldsIn(parsed, 'error');
  const whole = valueIn(parsed, 'error');
  const text = typeof whole === 'string' ? whole : null;
  const message = textIn(error, 'message') ?? textIn(parsed, 'message') ?? text;
  return {
    code: textIn(error, 'code') ?? textIn(parsed, 'code'),
    message: message === null ? null : withoutTokens(message.replace(/[\p{C}\s]+/gu, ' ')),
  };
}

/** The right in `does not have authorization to perform action '…' over scope '…'`; null where the text names none. */
export function missingAction(message: string | null): string | null {
  return /perform action '([\w./*-]+)'/.exec(message ?? '')?.[1]?.slice(0, 200) ?? null;
}
