import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startScripted } from './scripted-server.ts';
import { connect, type Encryption, execute } from './tedious-client.ts';

const column = { name: 't', type: { name: 'nvarchar', length: 'max' }, nullable: false } as const;
const delayMilliseconds = 40;
/** A timer may come so much before its time by another clock. */
const clockMilliseconds = 2;

for (const encrypt of [false, true, 'strict'] satisfies readonly Encryption[]) {
  test(`a round trip takes no less than the delay, and the bytes keep their order, encrypt ${encrypt}`, async (context) => {
    const server = await startScripted(
      function* (sql) {
        yield { kind: 'rows', columns: [column], rows: [[sql]] };
        yield { kind: 'done', rowCount: 1 };
      },
      { delayMilliseconds },
    );
    context.after(() => server.close());
    const atLeast = async (trips: number, work: () => Promise<unknown>): Promise<void> => {
      const start = performance.now();
      await work();
      const took = performance.now() - start;
      assert.ok(took >= trips * (delayMilliseconds - clockMilliseconds), `${took} ms for ${trips} round trips`);
    };
    let connection: Awaited<ReturnType<typeof connect>> | undefined;
    // PRELOGIN, the login, and the options that the driver sets after it.
    await atLeast(3, async () => {
      connection = await connect(server, { encrypt: encrypt as boolean });
    });
    if (connection === undefined) return;
    const open = connection;
    await atLeast(1, () => execute(open, 'select'));
    // Of many packets: taken in another order they are no statement.
    const long = Array.from({ length: 20_000 }, (_, index) => index).join(' ');
    const { sets, error } = await execute(open, long);
    assert.equal(error, null);
    assert.deepEqual(sets[0]?.rows, [[long]]);
    open.close();
  });
}
