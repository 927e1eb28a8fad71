import type { ServerLimits } from '../../config/config.ts';
import { tooLarge } from './broken-limit.ts';

/** What the driver makes of a token, as far as it is looked at (tedious lib/token/token.js). */
export interface DriverToken {
  readonly name: string;
  /** Of a row only: its values, in a list or by name. */
  readonly columns?: Readonly<Record<string, { readonly value?: unknown }>>;
}

/** Counts what one connection receives, and throws at the first limit that is broken. */
export interface Meter {
  readonly bytes: (count: number) => void;
  readonly token: (token: DriverToken) => void;
  /** Bytes handed to the driver since the last token that it understood: what it holds in memory. */
  readonly pendingBytes: () => number;
  /** Whether anything came: what the driver throws after that is about what the server sent. */
  readonly hasReceived: () => boolean;
  /** A message of the server begins. */
  readonly begin: () => void;
  readonly loggedIn: () => void;
  /** From here on an answer may have any length, as its rows are not kept (KeptQuery); false: it may not. */
  readonly endless: (isEndless: boolean) => void;
}

export function meter(limits: ServerLimits): Meter {
  let [answer, pending, rows] = [0, 0, 0];
  let [isLoggedIn, isEndless, hasReceived] = [false, false, false];
  const { loginBytes, answerBytes, rowBytes } = limits;
  return {
    bytes: (count) => {
      hasReceived = true;
      answer += count;
      pending += count;
      if (!isLoggedIn)
        check(answer, { what: 'the login', setting: 'limits.login_bytes', limit: loginBytes, unit: 'bytes' });
      else if (!isEndless)
        check(answer, { what: 'one answer', setting: 'limits.answer_bytes', limit: answerBytes, unit: 'bytes' });
      check(pending, { what: 'one row or token', setting: 'limits.row_bytes', limit: rowBytes, unit: 'bytes' });
    },
    token: (token) => {
      pending = 0;
      if (token.columns === undefined || (token.name !== 'ROW' && token.name !== 'NBCROW')) return;
      rows += 1;
      if (!isEndless && rows > limits.rows)
        check(rows, { what: 'one answer', setting: 'limits.rows', limit: limits.rows, unit: 'rows' });
      checkValues(token.columns, limits.valueLength);
    },
    pendingBytes: () => pending,
    hasReceived: () => hasReceived,
    begin: () => {
      // The login is all of its messages together: a server could send any number of them.
      if (isLoggedIn) answer = 0;
      [pending, rows] = [0, 0];
    },
    loggedIn: () => {
      isLoggedIn = true;
    },
    endless: (now) => {
      isEndless = now;
    },
  };
}

function check(count: number, limit: Parameters<typeof tooLarge>[0]): void {
  if (count > limit.limit) throw tooLarge(limit, count);
}

function checkValues(columns: Readonly<Record<string, { readonly value?: unknown }>>, limit: number): void {
  for (const name in columns) {
    const value = columns[name]?.value;
    const isText = typeof value === 'string';
    if (!isText && !Buffer.isBuffer(value)) continue;
    // Nearly always: nothing is made for it, this runs for each value of each row.
    if (value.length <= limit) continue;
    check(value.length, {
      what: 'one value',
      setting: 'limits.value_length',
      limit,
      unit: isText ? 'characters' : 'bytes',
    });
  }
}
