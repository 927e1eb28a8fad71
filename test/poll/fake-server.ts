import type { ServerConfig } from '../../src/config/config.ts';
import { type Secret, secretOf } from '../../src/config/secret/secret.ts';
import type { ViewName } from '../../src/model/snapshot.ts';
import { isStatementError } from '../../src/sql/classify-error.ts';
import {
  type Connect,
  type DeclaredColumn,
  type RawRecord,
  type StatementError,
  TimeLimitError,
} from '../../src/sql/connection.ts';
import { endLimit } from '../../src/threads/abort-signals.ts';
import { pollingOrder } from '../../src/views/index.ts';

/**
 * What a view answers: rows, an error to reject with, or nothing until the signal aborts: `hang` acknowledges the
 * cancellation at the batch's own limit, `deaf` does not. Or what depends on the batch.
 */
export type Answer = FixedAnswer | ((batch: string) => FixedAnswer);

type FixedAnswer = readonly RawRecord[] | Error | 'hang' | 'deaf';

export interface FakeServer {
  readonly connect: Connect;
  /** What views answer from now on; those left out have no rows, the server view has one. */
  answers: Partial<Record<ViewName, Answer>>;
  /** What connecting does besides connecting. */
  refusal: Error | 'hang' | null;
  /** The views asked, in order. */
  readonly asked: ViewName[];
  readonly batches: string[];
  /** What went over the wire at once, with several statements. */
  readonly round: string[];
  readonly passwords: string[];
  /** The columns that a view has where it is asked for all; none unless given. */
  columns: Partial<Record<ViewName, readonly string[]>>;
  open: number;
}

const facts: RawRecord = {
  server_name: 'SQL01',
  engine_edition: 3,
  edition: 'Enterprise Edition (64-bit)',
  collation: 'SQL_Latin1_General_CP1_CI_AS',
  product_version: '16.0.4175.1',
  is_hadr_enabled: 1,
  product_update_type: 'CU',
  local_time: new Date('2026-11-21T12:00:00.000Z'),
  utc_time: new Date('2026-11-21T10:00:00.000Z'),
};

/** A server made of answers: the poller sees only `Connect`, so what is tested here is all but the driver. */
export function fakeServer(answers: FakeServer['answers'] = {}): FakeServer {
  const server: FakeServer = {
    answers,
    refusal: null,
    asked: [],
    batches: [],
    round: [],
    passwords: [],
    columns: {},
    open: 0,
    connect,
  };
  return server;

  function answerOf(name: ViewName, batch: string): FixedAnswer {
    const answer = server.answers[name] ?? (name === 'server' ? [facts] : []);
    return typeof answer === 'function' ? answer(batch) : answer;
  }

  async function connect(_: ServerConfig, { credentials, signal }: Parameters<Connect>[1]): ReturnType<Connect> {
    server.passwords.push(credentials.type === 'token' ? credentials.token : credentials.password);
    if (server.refusal !== null) await settle(server.refusal, signal);
    server.open += 1;
    let isOpen = true;
    return {
      query: async (batch, querySignal, limit) => {
        const name = viewOf(batch);
        server.asked.push(name);
        server.batches.push(batch);
        return settle(answerOf(name, batch), querySignal, limit);
      },
      close: () => {
        if (isOpen) server.open -= 1;
        isOpen = false;
      },
      queryKept: async () => [],
      queryEach: async (batch, { signal: querySignal, limit, onResult }) => {
        server.round.push(batch);
        const errors: StatementError[] = [];
        for (const [at, statement] of batch.split('\n').entries()) {
          const sql = statement.replace(/;$/, '');
          const name = viewOf(sql);
          server.asked.push(name);
          server.batches.push(sql);
          const answer = answerOf(name, sql);
          if (answer instanceof Error && isStatementError(answer)) errors.push({ error: answer, line: at + 1 });
          else
            onResult({
              columns: columnsOf(sql, server.columns[name]),
              names: columnsOf(sql, server.columns[name]).map((column) => column.name),
              records: await settleWithin(limit(), answer, querySignal),
            });
        }
        return errors;
      },
    };
  }
}

/** As the driver's connection does: whoever asked for a limit ends it. */
async function settleWithin(
  limit: AbortSignal,
  answer: FixedAnswer,
  signal: AbortSignal,
): Promise<readonly RawRecord[]> {
  try {
    return await settle(answer, signal, limit);
  } finally {
    endLimit(limit);
  }
}

async function settle(answer: FixedAnswer, signal: AbortSignal, limit?: AbortSignal): Promise<readonly RawRecord[]> {
  if (answer instanceof Error) throw answer;
  if (answer !== 'hang' && answer !== 'deaf') return answer;
  return new Promise((_, reject) => {
    const late = answer === 'hang' ? new TimeLimitError('late') : new DOMException('late', 'TimeoutError');
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    limit?.addEventListener('abort', () => reject(late), { once: true });
  });
}

function columnsOf(sql: string, all: readonly string[] = []): readonly DeclaredColumn[] {
  if (sql.startsWith('SELECT TOP (0) *')) return all.map(declared);
  const list = /^SELECT (.*?)(?: FROM \S+(?: WHERE .*)?)?$/.exec(sql)?.[1] ?? '';
  return list.split(/, (?![^(]*\))/).map((column) => declared(column.split(' ').at(-1) ?? column));
}

function declared(name: string): DeclaredColumn {
  return { name, type: 'nvarchar', length: null, precision: null, scale: null, isNullable: true };
}

function viewOf(batch: string): ViewName {
  const source = / FROM (\S+)/.exec(batch)?.[1] ?? null;
  if (source === null) return batch.includes('HAS_PERMS_BY_NAME') ? 'permissions' : 'server';
  const view = pollingOrder.find((candidate) => candidate.source === source);
  if (view === undefined) throw new Error(`no view reads ${source}`);
  return view.name;
}

/** A SQL error as the driver gives it. */
export function sqlError(number: number): Error {
  return Object.assign(new Error(`error ${number}`), { code: 'EREQUEST', number, class: 16, state: 1 });
}

/** A broken connection as the driver gives it. */
export function resetError(): Error {
  return Object.assign(new Error('Connection lost - read ECONNRESET'), { code: 'ECONNRESET' });
}

export function serverConfig(name: string, password: Secret = secretOf('pa55')): ServerConfig {
  return {
    name,
    host: `${name}.example`,
    port: 1433,
    authentication: { type: 'sql_login', username: 'milink', password },
    tls: { mode: 'encrypt', ca: null, serverName: null, trustServerCertificate: false },
  };
}
