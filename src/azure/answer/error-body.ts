import { withoutTokens } from '../token-error.ts';
import { fieldsIn, isFields, textIn, valueIn } from './fields.ts';

/** What Azure says of an error, `{"error":{"code","message"}}`; of a proxy's page there is nothing to be said. */
export interface ErrorBody {
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
