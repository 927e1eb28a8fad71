import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Request } from 'tedious';
import type { BatchEvent } from '../../../src/simulator/session.ts';
import type { TdsServer } from '../../../src/simulator/tds/server.ts';
import { type Script, scriptedLogin, startScripted } from './scripted-server.ts';
import { connect, type Encryption, execute } from './tedious-client.ts';

const column = { name: 'n', type: { name: 'int' }, nullable: false } as const;

let ends = 0;

function* endless(): Generator<readonly [number]> {
  try {
    for (let index = 0; ; index += 1) yield [index % 1000];
  } finally {
    ends += 1;
  }
}

describe('attention (MS-TDS 2.2.1.7)', () => {
  let server: TdsServer;
  let aborts = 0;
  let started: () => void = () => {};
  let onClose: () => void = () => {};
  const script: Script = async function* (sql, _parameters, signal): AsyncGenerator<BatchEvent> {
    if (sql === 'waitfor') {
      started();
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      aborts += 1;
    } else if (sql === 'deaf') {
      started();
      // A session that takes no notice of its signal must not keep the client waiting.
      await new Promise<never>(() => {});
    } else if (sql === 'sulking') {
      started();
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      throw new Error('nobody listens to this any more');
    } else if (sql === 'endless') yield { kind: 'rows', columns: [column], rows: endless() };
    else yield { kind: 'rows', columns: [column], rows: [[1]] };
  };
  before(async () => {
    server = await startScripted(script, { login: scriptedLogin(script, () => onClose()) });
  });
  after(() => server.close());

  for (const encrypt of [false, true, 'strict'] satisfies readonly Encryption[]) {
    for (const sql of ['waitfor', 'deaf', 'sulking', 'endless']) {
      test(`${sql} is cancelled, the connection goes on (encrypt ${encrypt})`, async () => {
        const connection = await connect(server, { encrypt: encrypt as boolean });
        const before = aborts;
        const failure = await new Promise<unknown>((resolve) => {
          const request = new Request(sql, (error) => resolve(error));
          started = () => request.cancel();
          if (sql === 'endless') request.once('row', () => request.cancel());
          connection.execSqlBatch(request);
        });
        assert.equal((failure as { code?: string }).code, 'ECANCEL');
        assert.equal(aborts - before, sql === 'waitfor' ? 1 : 0);
        for (let again = 0; again < 3; again += 1) {
          assert.deepEqual((await execute(connection, 'select')).sets[0]?.rows, [[1]]);
        }
        connection.close();
      });
    }
  }

  test("the driver's own time limit cancels too", async () => {
    const connection = await connect(server);
    started = () => {};
    const { error } = await execute(connection, 'waitfor', { timeoutMilliseconds: 20 });
    assert.equal((error as { code?: string }).code, 'ETIMEOUT');
    assert.equal((await execute(connection, 'select')).error, null);
    connection.close();
  });

  for (const encrypt of [false, true, 'strict'] satisfies readonly Encryption[]) {
    for (const sql of ['waitfor', 'endless']) {
      test(`a client that leaves ends its ${sql} (encrypt ${encrypt})`, async () => {
        const connection = await connect(server, { encrypt: encrypt as boolean });
        const [abortsBefore, endsBefore] = [aborts, ends];
        await new Promise<void>((resolve) => {
          started = resolve;
          const request = new Request(sql, () => {});
          if (sql === 'endless') request.once('row', () => resolve());
          connection.execSqlBatch(request);
        });
        const closed = new Promise<void>((resolve) => {
          onClose = resolve;
        });
        connection.close();
        await closed;
        assert.equal(ends - endsBefore, sql === 'endless' ? 1 : 0);
        assert.equal(aborts - abortsBefore, sql === 'waitfor' ? 1 : 0);
      });
    }
  }
});
