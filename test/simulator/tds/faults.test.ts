import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Connection } from 'tedious';
import { noFault, type WireFaults } from '../../../src/simulator/tds/faults.ts';
import type { TdsServer } from '../../../src/simulator/tds/server.ts';
import { hex, specification } from './hex.ts';
import { connectRaw } from './raw-client.ts';
import { startScripted } from './scripted-server.ts';
import { connect, type Encryption, execute } from './tedious-client.ts';

const column = { name: 't', type: { name: 'nvarchar', length: 100 }, nullable: false } as const;
/** A header that says that it is shorter than itself. */
const garbage = hex('FF 01 0001 0000 01 00');

for (const encrypt of [false, true, 'strict'] satisfies readonly Encryption[]) {
  describe(`faults, encrypt ${encrypt}`, () => {
    let server: TdsServer;
    let connection: Connection;
    before(async () => {
      server = await startScripted(function* () {
        yield { kind: 'rows', columns: [column], rows: [['first'], ['second'], ['third']] };
        yield { kind: 'done', rowCount: 3 };
      });
    });
    afterEach(async () => {
      server.setFaults(noFault);
      // Whatever went wrong before: the next client is served.
      const next = await connect(server, { encrypt: encrypt as boolean });
      assert.equal((await execute(next, 'select')).rowCount, 3);
      next.close();
    });
    after(() => server.close());
    const open = (options: Parameters<typeof connect>[1] = {}): Promise<Connection> =>
      connect(server, { encrypt: encrypt as boolean, ...options });
    const codeOf = (error: unknown): string | undefined => (error as { code?: string } | null)?.code;

    test('reset on connect', async () => {
      server.setFaults({ kind: 'reset_on_connect' });
      await assert.rejects(open(), { code: 'ESOCKET' });
    });

    test('hang before login', async () => {
      server.setFaults({ kind: 'hang_before_login' });
      await assert.rejects(open({ connectTimeout: 30 }), { code: 'ETIMEOUT' });
    });

    test('hang in a query, a cancel is answered', async () => {
      connection = await open();
      server.setFaults({ kind: 'hang_in_query', acknowledgeAttention: true });
      assert.equal(codeOf((await execute(connection, 'select', { timeoutMilliseconds: 30 })).error), 'ETIMEOUT');
      server.setFaults(noFault);
      assert.equal((await execute(connection, 'select')).rowCount, 3);
      connection.close();
    });

    test('hang in a query, a cancel is not answered', async () => {
      connection = await open({ cancelTimeout: 30 });
      server.setFaults({ kind: 'hang_in_query', acknowledgeAttention: false });
      assert.equal(codeOf((await execute(connection, 'select', { timeoutMilliseconds: 30 })).error), 'ETIMEOUT');
    });

    for (const fault of [
      { kind: 'reset_in_row' },
      { kind: 'reset_in_answer', afterBytes: 0 },
      { kind: 'reset_in_answer', afterBytes: 11 },
    ] satisfies readonly WireFaults[]) {
      test(`${fault.kind} ${'afterBytes' in fault ? fault.afterBytes : ''}`, async () => {
        connection = await open();
        server.setFaults(fault);
        const { error, sets } = await execute(connection, 'select');
        assert.equal(codeOf(error), 'ECONNRESET');
        assert.deepEqual(
          sets.flatMap((set) => set.rows),
          [],
        );
      });
    }

    test('drip', async () => {
      connection = await open();
      server.setFaults({ kind: 'drip', millisecondsPerByte: 0.1 });
      assert.equal((await execute(connection, 'select')).rowCount, 3);
      connection.close();
    });

    test('drip, in the middle of a login', async () => {
      server.setFaults({ kind: 'drip', millisecondsPerByte: 10_000 });
      await assert.rejects(open({ connectTimeout: 30 }), { code: 'ETIMEOUT' });
    });

    for (const answerTo of ['prelogin', 'batch'] as const) {
      test(`garbage instead of the answer to a ${answerTo}`, async () => {
        connection = await open();
        server.setFaults({ kind: 'garbage', answerTo, bytes: garbage });
        if (answerTo === 'prelogin') await assert.rejects(open(), /Unable to process incoming packet/);
        else assert.match(String((await execute(connection, 'select')).error), /Unable to process incoming packet/);
        connection.close();
      });
    }
  });
}

describe('faults on the bare wire', () => {
  let server: TdsServer;
  before(async () => {
    server = await startScripted(() => [{ kind: 'rows', columns: [column], rows: [['a']] }], {
      encryption: 'off',
      login: () => ({
        database: 'master',
        execute: async function* () {
          yield { kind: 'rows', columns: [column], rows: [['abcd']] };
        },
        close: () => {},
      }),
    });
  });
  after(() => server.close());

  const answerUnder = async (fault: WireFaults): Promise<Buffer> => {
    const client = await connectRaw(server);
    for (const part of [specification.prelogin, specification.login7]) {
      await client.send(part);
      await client.next();
    }
    const before = client.received().length;
    server.setFaults(fault);
    await client.send(specification.batch);
    // A reset that arrives together with the bytes before it is the end of the stream for libuv, which asks no further.
    assert.ok(['ECONNRESET', null].includes(await client.closed));
    server.setFaults(noFault);
    return client.received().subarray(before);
  };

  test('exactly so many bytes, then a reset', async () => {
    assert.equal((await answerUnder({ kind: 'reset_in_answer', afterBytes: 20 })).length, 20);
  });

  test('half a row, then a reset', async () => {
    const answer = await answerUnder({ kind: 'reset_in_row' });
    // A row is D1, a length of 2 bytes and 4 characters: 11 bytes, of which 6 come.
    assert.equal(answer.subarray(-6).toString('hex'), 'd10800610062');
    assert.equal(answer.readUInt8(1), 0, 'no end of message');
  });

  test('random garbage is 64 KiB', async () => {
    const client = await connectRaw(server);
    const chunks: Buffer[] = [];
    client.socket.removeAllListeners('data');
    const received = new Promise<number>((resolve) => {
      client.socket.on('data', (chunk) => {
        chunks.push(chunk);
        const size = Buffer.concat(chunks).length;
        if (size >= 65_536) resolve(size);
      });
    });
    server.setFaults({ kind: 'garbage', answerTo: 'prelogin' });
    await client.send(specification.prelogin);
    assert.equal(await received, 65_536);
    client.socket.destroy();
  });

  test('a closed server refuses', async () => {
    const other = await startScripted(() => []);
    await other.close();
    await assert.rejects(connectRaw(other), { code: 'ECONNREFUSED' });
  });
});
