import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { End } from '../../src/simulator/pair-end.ts';
import { ask, connect, startMilliseconds, stateDenied, withPair } from './pair-client.ts';

const replicaStates = 'dm_hadr_availability_replica_states';

describe('a pair that changes', () => {
  const rolesQuery = `SELECT role_desc FROM sys.${replicaStates} AS states
    JOIN sys.availability_groups AS groups ON groups.group_id = states.group_id
    WHERE groups.is_distributed = 1 AND states.is_local = 1`;

  it('shows another scenario from the next read on', () =>
    withPair({}, async (pair) => {
      const role = async (): Promise<unknown> => (await ask(pair, pair.managedInstance, rolesQuery))[0]?.role_desc;
      assert.equal(await role(), 'SECONDARY');
      pair.setScenario('split-brain');
      assert.equal(await role(), 'PRIMARY');
      assert.equal(pair.scenario(), 'split-brain');
      pair.setScenario('vanished');
      assert.equal(await role(), undefined);
    }));

  it('follows the clock it was given through the tour', async () => {
    let now = startMilliseconds;
    await withPair({ scenario: 'tour', speed: 10, clock: () => now }, async (pair) => {
      assert.equal(pair.stage().name, 'seeding');
      now = pair.stage().endsAtMilliseconds;
      assert.equal(pair.stage().name, 'synchronizing');
      assert.equal(now, startMilliseconds + 3_000);
      pair.setScenario('tour');
      assert.equal(pair.stage().name, 'seeding');
    });
  });

  it('refuses a denied view, lacks a missing one and gets over both', () =>
    withPair({}, async (pair) => {
      const query = `SELECT role FROM sys.${replicaStates}`;
      pair.sqlServer.setFaults({ denied: [replicaStates] });
      await assert.rejects(ask(pair, pair.sqlServer, query), { number: 229 });
      assert.equal((await ask(pair, pair.managedInstance, query)).length, 2);
      pair.sqlServer.setFaults({ missing: [replicaStates] });
      await assert.rejects(ask(pair, pair.sqlServer, query), { number: 208 });
      pair.sqlServer.setFaults({ permissions: [] });
      await assert.rejects(ask(pair, pair.sqlServer, query), stateDenied);
      pair.sqlServer.setFaults({});
      assert.equal((await ask(pair, pair.sqlServer, query)).length, 3);
    }));

  it('lets a reader cancel a view that hangs', (t) =>
    withPair({}, async (pair) => {
      const reached = hang(t, pair.sqlServer);
      const pool = await connect(pair, pair.sqlServer);
      try {
        const request = pool.request();
        const ended = assert.rejects(request.query(`SELECT role FROM sys.${replicaStates}`), { code: 'ECANCEL' });
        await reached;
        request.cancel();
        await ended;
        assert.deepEqual((await pool.request().query('SELECT 1 AS one')).recordset[0], { one: 1 });
      } finally {
        await pool.close();
      }
    }));

  it('cuts a query off at a restart and takes new connections', (t) =>
    withPair({}, async (pair) => {
      const reached = hang(t, pair.sqlServer);
      const pool = await connect(pair, pair.sqlServer);
      const cutOff = assert.rejects(pool.request().query(`SELECT role FROM sys.${replicaStates}`), {
        message: /socket hang up|ECONNRESET|Connection lost/,
      });
      await reached;
      pair.sqlServer.restart();
      await cutOff;
      await pool.close();
      assert.equal((await ask(pair, pair.sqlServer, 'SELECT 1 AS one')).length, 1);
    }));

  it('refuses while it is stopped and answers on the same port when it is started again', () =>
    withPair({}, async (pair) => {
      const { port } = pair.sqlServer;
      await pair.sqlServer.stop();
      await assert.rejects(ask(pair, pair.sqlServer, 'SELECT 1 AS one'), { code: 'ESOCKET' });
      await pair.sqlServer.start();
      assert.equal(pair.sqlServer.port, port);
      assert.equal((await ask(pair, pair.sqlServer, 'SELECT 1 AS one')).length, 1);
    }));

  it('keeps names of every script', () => {
    const names = [{ link: "DAG_O'Brien", databases: ['محاسبة', '🛒 "shop"', 'two\nlines'] }];
    return withPair({ names }, async (pair) => {
      const rows = await ask(
        pair,
        pair.sqlServer,
        'SELECT name FROM sys.databases WHERE database_id > 4 ORDER BY database_id',
      );
      assert.deepEqual(
        rows.map((row) => row.name),
        names[0]?.databases,
      );
    });
  });
});

/** Makes the replica states hang, and resolves when a reader waits for them. */
function hang(t: TestContext, end: End): Promise<void> {
  const reached = Promise.withResolvers<void>();
  const { beforeRead } = end.instance;
  end.setFaults({ hanging: [replicaStates] });
  t.mock.method(end.instance, 'beforeRead', (table: string, signal: AbortSignal) => {
    if (table === replicaStates) {
      reached.resolve();
    }
    return beforeRead(table, signal);
  });
  return reached.promise;
}

describe('two pairs', () => {
  it('may share the name of a distributed group and have nothing else in common', () =>
    withPair({}, (one) =>
      withPair({ seed: 'other', managedInstanceName: 'mi-test', sqlServerName: 'sql-test-01' }, async (other) => {
        const query = `SELECT groups.name, groups.group_id, replicas.endpoint_url FROM sys.availability_groups AS groups
          JOIN sys.availability_replicas AS replicas ON replicas.group_id = groups.group_id
          WHERE groups.is_distributed = 1`;
        const rows = await Promise.all([one, other].map((pair) => ask(pair, pair.sqlServer, query)));
        const distinct = (column: string): number => new Set(rows.flat().map((row) => row[column])).size;
        assert.deepEqual(['name', 'group_id', 'endpoint_url'].map(distinct), [1, 2, 4]);
      }),
    ));
});
