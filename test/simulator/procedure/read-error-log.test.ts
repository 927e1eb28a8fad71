import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PairOptions } from '../../../src/simulator/pair.ts';
import type { Row } from '../../../src/simulator/row.ts';
import type { EndName } from '../../../src/simulator/world/topology.ts';
import { ask, connect, startMilliseconds, withPair } from '../pair-client.ts';

const reader = { name: 'milink', password: 'milink-demo', permissions: ['VIEW SERVER STATE', 'VIEW ANY ERROR LOG'] };
const minuteMilliseconds = 60_000;

/** The answer of one end to a call, in a pair whose login may read the log. */
async function logOf(end: EndName, call: string, options: PairOptions = {}): Promise<readonly Row[]> {
  let rows: readonly Row[] = [];
  await withPair({ accounts: [reader], ...options }, async (pair) => {
    rows = await ask(pair, pair[end], call);
  });
  return rows;
}

async function textsOf(end: EndName, options: PairOptions = {}): Promise<readonly unknown[]> {
  return (await logOf(end, 'EXEC sys.sp_readerrorlog 0, 1', options)).map(({ Text }) => Text);
}

describe('error log', () => {
  it('has the columns LogDate, ProcessInfo and Text, the oldest entry first, in local time', async () => {
    const rows = await logOf('sqlServer', 'EXEC sp_readerrorlog @p1 = 0, @p2 = 1', { scenario: 'disconnected' });
    assert.deepEqual(Object.keys(rows[0] ?? {}), ['LogDate', 'ProcessInfo', 'Text']);
    const dates = rows.map(({ LogDate }) => Number(LogDate));
    assert.deepEqual(dates, dates.toSorted());
    // SQL Server's clock is two hours ahead of UTC, and the driver takes a datetime for UTC.
    const timeout = rows.find(({ Text }) => String(Text).startsWith('A connection timeout has occurred'));
    assert.equal(Number(timeout?.LogDate), startMilliseconds - 5 * minuteMilliseconds + 120 * minuteMilliseconds);
  });

  it('tells of a link that was seeded', async () => {
    const [opening, ...seeding] = await textsOf('managedInstance');
    assert.match(String(opening), /^Microsoft SQL Server/);
    assert.match(String(seeding[0]), /^Automatic seeding of .* has started\.$/);
    assert.match(String(seeding[1]), /^Automatic seeding of .* has completed\.$/);
    assert.equal(seeding.length, 2);
  });

  it('writes 1412 with its number before its text where the copy was to be made, and not at its source', async () => {
    const isError = (text: unknown): boolean => text === 'Error: 1412, Severity: 16, State: 1.';
    const target = await textsOf('managedInstance', { scenario: 'seeding-failed' });
    const at = target.findIndex(isError);
    assert.ok(at > 0);
    assert.match(String(target[at + 1]), /has not been rolled forward/);
    assert.ok(!(await textsOf('sqlServer', { scenario: 'seeding-failed' })).some(isError));
  });

  it('writes what kept a connection from being made into 35207', async () => {
    const texts = await textsOf('sqlServer', { scenario: 'not-healthy' });
    assert.ok(texts.includes('Error: 35207, Severity: 16, State: 1.'));
    assert.ok(texts.some((text) => String(text).includes('failed because of error 11001')));
  });

  it('tells of changes of role and of a suspension, with the name of the database that the end has', async () => {
    assert.ok(
      (await textsOf('managedInstance', { scenario: 'split-brain' })).some((text) =>
        /^The availability group database "[0-9A-F-]{36}" is changing roles from "SECONDARY" to "PRIMARY"/.test(
          String(text),
        ),
      ),
    );
    assert.ok(
      (await textsOf('sqlServer', { scenario: 'suspended', suspendReason: 'SUSPEND_FROM_REDO' })).some((text) =>
        /"Sales" has been suspended for the following reason: "SUSPEND_FROM_REDO"/.test(String(text)),
      ),
    );
  });

  it('takes filters by place and by name, both of which an entry has to contain, in any case', async () => {
    const filtered = (call: string): Promise<readonly Row[]> => logOf('sqlServer', call);
    assert.equal((await filtered("EXEC sp_readerrorlog 0, 1, N'SEEDING', N'completed'")).length, 1);
    assert.equal((await filtered("EXEC sp_readerrorlog 0, 1, @p4 = N'completed', @p3 = N'Seeding'")).length, 1);
    assert.equal((await filtered("EXEC sp_readerrorlog 0, 1, N'nothing of it'")).length, 0);
    assert.equal((await filtered('EXEC sp_readerrorlog 0, 2')).length, 0);
    const parameters = 'DECLARE @p1 int = 0, @p2 int = 1, @p3 nvarchar(50), @p4 nvarchar(50)';
    assert.equal((await filtered(`${parameters} EXEC sp_readerrorlog @p1, @p2, @p3, @p4`)).length, 3);
  });

  it('lets xp_readerrorlog ask for a time and an order', async () => {
    const options: PairOptions = { scenario: 'disconnected' };
    const newest = await logOf('sqlServer', "EXEC xp_readerrorlog 0, 1, NULL, NULL, NULL, NULL, N'desc'", options);
    assert.match(String(newest[0]?.Text), /^A connection timeout/);
    const since = "EXEC master.sys.xp_readerrorlog 0, 1, NULL, NULL, '2026-11-21T11:55:00', NULL";
    assert.equal((await logOf('sqlServer', since, options)).length, 1);
    assert.equal((await logOf('sqlServer', since.replace('11:55:00', '11:55:01'), options)).length, 0);
  });

  const rotated: PairOptions = {
    scenario: 'disconnected',
    errorLogs: { sqlServer: { rotatedAtMilliseconds: [startMilliseconds - minuteMilliseconds] } },
  };

  it('begins anew when it is rotated, and keeps the old file under the next number', async () => {
    assert.deepEqual((await textsOf('sqlServer', rotated)).length, 1);
    assert.equal((await logOf('sqlServer', 'EXEC sp_readerrorlog 1, 1', rotated)).length, 4);
    assert.equal((await logOf('managedInstance', 'EXEC sp_readerrorlog', rotated)).length, 4);
  });

  it('has no third file', async () => {
    await assert.rejects(logOf('sqlServer', 'EXEC sp_readerrorlog 2', rotated), { number: 22_004 });
    await assert.rejects(logOf('sqlServer', 'EXEC sp_readerrorlog -1'), { number: 22_004 });
  });

  it('loses what was there before it was erased', async () => {
    const errorLogs = { sqlServer: { erasedBeforeMilliseconds: startMilliseconds - 6 * minuteMilliseconds } };
    const texts = await textsOf('sqlServer', { scenario: 'disconnected', errorLogs });
    assert.equal(texts.length, 1);
    assert.match(String(texts[0]), /^A connection timeout/);
  });

  it('is written in the language of the server, of which sys.messages has every text', async () => {
    const errorLogs: PairOptions['errorLogs'] = {
      sqlServer: {
        languageId: 1036,
        entries: [
          {
            atMilliseconds: startMilliseconds,
            process: 'Logon',
            number: 28_047,
            args: ['Database Mirroring', 'Connection handshake failed.', '[CLIENT: 10.0.0.4]'],
          },
          { atMilliseconds: startMilliseconds, process: 'spid7s', text: 'Recovery is complete.' },
        ],
      },
    };
    await withPair({ scenario: 'not-healthy', accounts: [reader], errorLogs }, async (pair) => {
      const texts = (await ask(pair, pair.sqlServer, 'EXEC sp_readerrorlog')).map(({ Text }) => String(Text));
      assert.ok(texts.includes('Erreur : 35207, Gravité : 16, État : 1.'));
      assert.ok(texts.includes('Recovery is complete.'));
      const [message] = await ask(
        pair,
        pair.sqlServer,
        'SELECT text, severity FROM sys.messages WHERE message_id = 28047 AND language_id = 1036',
      );
      assert.equal(message?.severity, 10);
      const [before = '', after = ''] = String(message?.text).split('%1!');
      assert.ok(texts.some((text) => text.startsWith(before) && text.includes(after.split('«')[0] ?? '')));
    });
  });

  it('does not show what has not happened yet', async () => {
    const errorLogs = {
      sqlServer: { entries: [{ atMilliseconds: startMilliseconds + 1000, process: 'spid7s', text: 'Later.' }] },
    };
    let now = startMilliseconds;
    await withPair({ accounts: [reader], errorLogs, clock: () => now }, async (pair) => {
      const later = "EXEC sp_readerrorlog 0, 1, N'Later.'";
      assert.equal((await ask(pair, pair.sqlServer, later)).length, 0);
      now += 1000;
      assert.equal((await ask(pair, pair.sqlServer, later)).length, 1);
    });
  });
});

describe('permission to read the error log', () => {
  const cases = [
    { version: 15, permissions: ['VIEW SERVER STATE'], isAllowed: true },
    { version: 15, permissions: ['VIEW ANY DEFINITION'], isAllowed: false },
    { version: 16, permissions: ['VIEW SERVER STATE'], isAllowed: false },
    { version: 16, permissions: ['VIEW ANY ERROR LOG'], isAllowed: true },
    { version: 17, permissions: ['CONTROL SERVER'], isAllowed: true },
  ] as const;
  for (const { version, permissions, isAllowed } of cases) {
    it(`${permissions} is ${isAllowed ? 'enough' : 'not enough'} on ${version}`, () =>
      withPair({ accounts: [{ ...reader, permissions }], sqlServerMajor: version }, async (pair) => {
        const sp = ask(pair, pair.sqlServer, 'EXEC sp_readerrorlog');
        if (isAllowed) return assert.ok((await sp).length > 0);
        await assert.rejects(sp, { number: 27_219 });
        await assert.rejects(ask(pair, pair.sqlServer, 'EXEC xp_readerrorlog'), { number: 229 });
      }));
  }

  it('is another one on a managed instance', () =>
    withPair({ accounts: [{ ...reader, permissions: ['VIEW SERVER STATE'] }] }, (pair) =>
      assert.rejects(ask(pair, pair.managedInstance, 'EXEC sp_readerrorlog'), { number: 27_219 }),
    ));

  it('can be taken away, and a reader can give up waiting', () =>
    withPair({ accounts: [reader] }, async (pair) => {
      pair.sqlServer.setFaults({ denied: ['sp_readerrorlog'] });
      await assert.rejects(ask(pair, pair.sqlServer, 'EXEC sp_readerrorlog'), {
        number: 229,
        message: /^The EXECUTE permission was denied on the object 'sp_readerrorlog'/,
      });
      pair.sqlServer.setFaults({ hanging: ['sp_readerrorlog'] });
      const pool = await connect(pair, pair.sqlServer);
      try {
        const request = pool.request();
        const ended = assert.rejects(request.query('EXEC sp_readerrorlog'), { code: 'ECANCEL' });
        setImmediate(() => request.cancel());
        await ended;
      } finally {
        await pool.close();
      }
    }));
});
