import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ErrorLogSchedule } from '../../src/config/config.ts';
import type { Permission } from '../../src/model/server.ts';
import { type Collection, createErrorLogCollector, errorLogPermission } from '../../src/poll/error-log/collector.ts';
import { type Clock, systemClock } from '../../src/poll/time/clock.ts';
import { type Connection, type RawRecord, TimeLimitError } from '../../src/sql/connection.ts';
import { serverFacts, snapshot } from '../link/server-state.ts';
import { resetError, sqlError } from './fake-server.ts';

const schedule: ErrorLogSchedule = { intervalSeconds: 300, timeoutSeconds: 5 };
const begin = Date.UTC(2026, 10, 21, 10) / 1000;
/** Two hours ahead of UTC: LogDate is in this zone. */
const offsetSeconds = 7200;

/** An entry so many seconds after the begin of the test. */
const entry = (seconds: number, Text: string): RawRecord => ({
  LogDate: new Date((begin + offsetSeconds + seconds) * 1000),
  ProcessInfo: 'spid43s',
  Text,
});
const header = (number: number): string => `Error: ${number}, Severity: 16, State: 1.`;

type Answer = readonly RawRecord[] | Error;

/** A server with an error log: the present file, the one before it, and the texts of messages. */
function logServer(files: { present: Answer; former?: Answer; messages?: Answer }) {
  let seconds = 0;
  const asked: string[] = [];
  const answer = (batch: string): readonly RawRecord[] => {
    asked.push(batch.replace(/ IN .*/, ''));
    const found = batch.includes('sys.messages')
      ? (files.messages ?? [])
      : batch.endsWith(' 0, 1')
        ? files.present
        : (files.former ?? sqlError(22004));
    if (found instanceof Error) throw found;
    return found;
  };
  const connect = (): Connection => ({
    query: async (batch) => answer(batch),
    queryEach: async () => [],
    queryKept: async (batch, { keep }) => answer(batch).filter(keep),
    close: () => undefined,
  });
  let connection = connect();
  const clock: Clock = { ...systemClock, nowSeconds: () => begin + seconds, monotonicSeconds: () => seconds };
  const collector = createErrorLogCollector(schedule, clock);
  return {
    files,
    asked,
    reconnect: () => {
      connection = connect();
    },
    /** What is collected after a poll at that many seconds. */
    poll: (at: number, permissions: readonly Permission[] | null = null): Promise<Collection | null> => {
      seconds = at;
      const facts = serverFacts({ utcTimestampSeconds: begin + at, localOffsetSeconds: offsetSeconds });
      return collector.collect({
        connection,
        snapshot: snapshot(facts, { permissions }),
        signal: new AbortController().signal,
        untilSeconds: at + 15,
      });
    },
  };
}

const countsOf = (collection: Collection | null) => [...(collection?.state.counts ?? [])];

describe('the collector of the error log', () => {
  test('tells what happened before its first poll, and counts none of it', async () => {
    const failover = 'The availability group database "Sales" is changing roles from "SECONDARY" to "PRIMARY".';
    const day = 86_400;
    const server = logServer({
      present: [entry(-8 * day, header(1412)), entry(-3600, header(35206)), entry(-3600, 'A connection timeout.')],
      messages: [{ message_id: 1480, text: failover.replace('"Sales"', '"%.*ls"') }],
    });
    server.files.present = [...(server.files.present as readonly RawRecord[]), entry(-60, failover)];
    const first = await server.poll(0);
    assert.deepEqual(countsOf(first), []);
    assert.deepEqual(first?.state.recent, [
      { number: 35206, timestampSeconds: begin - 3600, text: 'A connection timeout.' },
      { number: 1480, timestampSeconds: begin - 60, text: failover },
    ]);
    server.files.present = [...server.files.present, entry(100, header(41960))];
    const second = await server.poll(300);
    assert.deepEqual(
      second?.state.recent?.map(({ number }) => number),
      [35206, 1480, 41960],
    );
  });

  test('counts from its first poll on, at its interval, in the zone of the server', async () => {
    const server = logServer({ present: [entry(-1, header(35206)), entry(0, header(1412))] });
    assert.deepEqual(countsOf(await server.poll(0)), [[1412, 1]]);
    server.files.present = [entry(-1, header(35206)), entry(0, header(1412)), entry(299, header(35206))];
    assert.equal(await server.poll(299), null);
    assert.deepEqual(countsOf(await server.poll(300)), [
      [1412, 1],
      [35206, 1],
    ]);
    assert.deepEqual(server.asked, [
      'SELECT message_id, text FROM sys.messages WHERE message_id',
      'EXEC sys.sp_readerrorlog 0, 1',
      'EXEC sys.sp_readerrorlog 0, 1',
    ]);
  });

  test('finds messages without a number by their text, read once per connection', async () => {
    const messages = [{ message_id: 35206, text: "No word from replica '%ls' for too long." }];
    const server = logServer({
      messages,
      present: [entry(-1, ''), entry(1, "No word from replica 'MI' for too long.")],
    });
    assert.deepEqual(countsOf(await server.poll(2)), []);
    const later = logServer({ messages, present: [entry(-1, '')] });
    await later.poll(0);
    later.files.present = server.files.present;
    assert.deepEqual(countsOf(await later.poll(300)), [[35206, 1]]);
    later.reconnect();
    await later.poll(600);
    assert.equal(later.asked.filter((batch) => batch.startsWith('SELECT')).length, 2);
  });

  test('counts errors with a number although the texts are refused', async () => {
    const server = logServer({ messages: sqlError(229), present: [entry(-1, ''), entry(1, header(1412))] });
    await server.poll(0);
    assert.deepEqual(countsOf(await server.poll(300)), [[1412, 1]]);
  });

  test('reads the end of the former file after a rotation', async () => {
    const server = logServer({ present: [entry(-1, header(35206)), entry(0, header(1412))] });
    await server.poll(0);
    server.files.former = [...(server.files.present as RawRecord[]), entry(10, header(1412))];
    server.files.present = [entry(20, 'begin'), entry(21, header(41976))];
    assert.deepEqual(countsOf(await server.poll(300)), [
      [1412, 2],
      [41976, 1],
    ]);
    assert.deepEqual(countsOf(await server.poll(600)), [
      [1412, 2],
      [41976, 1],
    ]);
  });

  for (const [what, present] of [
    ['empty', []],
    ['of another node, older than the last read', [entry(-500, header(35206))]],
  ] as const) {
    test(`goes on over an erased log that is ${what}`, async () => {
      const server = logServer({ present: [entry(-1, ''), entry(0, header(1412))] });
      await server.poll(0);
      server.files.present = present;
      const after = await server.poll(300);
      assert.deepEqual([countsOf(after), after?.state.reading.failure], [[[1412, 1]], null]);
    });
  }

  test('does not ask without permission, and asks once it is granted', async () => {
    const server = logServer({ present: [entry(-1, '')] });
    const lacking = [{ name: 'VIEW ANY ERROR LOG', held: false }];
    const refused = await server.poll(0, lacking);
    assert.deepEqual(
      [refused?.state.reading.failure?.reason, refused?.isConnectionUsable, server.asked],
      ['permission', true, []],
    );
    assert.equal(await server.poll(300, lacking), null);
    const granted = await server.poll(600, [{ name: 'VIEW ANY ERROR LOG', held: true }]);
    assert.equal(granted?.state.reading.failure, null);
  });

  test('a refusal of the server is asked again only after the permissions or the connection changed', async () => {
    const server = logServer({ present: sqlError(229) });
    assert.equal((await server.poll(0))?.state.reading.failure?.reason, 'permission');
    assert.equal(await server.poll(300), null);
    server.reconnect();
    server.files.present = [entry(-1, ''), entry(10, header(1412))];
    assert.deepEqual(countsOf(await server.poll(600)), [[1412, 1]], 'what came in between is no history');
  });

  for (const [error, reason, isConnectionUsable] of [
    [new TimeLimitError('late'), 'timeout', true],
    [sqlError(8134), 'query', true],
    [resetError(), 'reset', false],
  ] as const) {
    test(`after ${reason} the counts stay and the next read makes up for it`, async () => {
      const server = logServer({ present: [entry(-1, ''), entry(0, header(1412))] });
      await server.poll(0);
      server.files.present = error;
      const failed = await server.poll(300);
      assert.deepEqual(
        [failed?.state.reading.failure?.reason, failed?.isConnectionUsable, countsOf(failed)],
        [reason, isConnectionUsable, [[1412, 1]]],
      );
      server.files.present = [entry(-1, ''), entry(0, header(1412)), entry(200, header(1412))];
      assert.deepEqual(countsOf(await server.poll(600)), [[1412, 2]]);
    });
  }

  test('a row that is not of the procedure fails the reading only', async () => {
    const collection = await logServer({ present: [{ LogDate: 'yesterday' }] }).poll(0);
    assert.deepEqual([collection?.state.reading.failure?.reason, collection?.isConnectionUsable], ['protocol', true]);
  });
});

for (const [newer, older, missing] of [
  [true, false, null],
  [false, true, 'VIEW ANY ERROR LOG'],
  [null, true, null],
  [null, false, 'VIEW SERVER STATE'],
  [null, null, null],
] as const) {
  test(`VIEW ANY ERROR LOG ${newer}, VIEW SERVER STATE ${older}: ${missing ?? 'nothing'} is missing`, () => {
    const permissions = [
      { name: 'VIEW ANY ERROR LOG', held: newer },
      { name: 'VIEW SERVER STATE', held: older },
    ];
    assert.equal(errorLogPermission(permissions), missing);
    assert.equal(errorLogPermission(null), null);
  });
}
