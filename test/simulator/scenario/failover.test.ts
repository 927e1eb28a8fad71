import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type MovingScenario, stageAt } from '../../../src/simulator/scenario/index.ts';
import { type EndName, endNames } from '../../../src/simulator/world/topology.ts';
import { ask, connect, startMilliseconds as pairStartMilliseconds, withPair } from '../pair-client.ts';
import { ofDistributedGroup, simulate, startMilliseconds } from '../world/simulated.ts';

const replicaStates = 'dm_hadr_availability_replica_states';
const databaseStates = 'dm_hadr_database_replica_states';

/** Each stage of a round in its middle, with the roles that both ends show in it. */
function rolesOf(scenario: MovingScenario): readonly (readonly unknown[])[] {
  const seen: (readonly unknown[])[] = [];
  let now = startMilliseconds;
  do {
    const stage = stageAt({ scenario, startedAtMilliseconds: startMilliseconds, nowMilliseconds: now });
    const seconds = ((now + stage.endsAtMilliseconds) / 2 - startMilliseconds) / 1000;
    const world = simulate(scenario, { seconds });
    const roles = endNames.map((end) => ofDistributedGroup(world, end, replicaStates)[0]?.role_desc);
    seen.push([stage.name, ...roles, world.down.length]);
    assert.match(stage.description, /^[A-Z][^.]*\.$/);
    now = stage.endsAtMilliseconds;
  } while (stageAt({ scenario, startedAtMilliseconds: startMilliseconds, nowMilliseconds: now }).name !== seen[0]?.[0]);
  return seen;
}

/** last_hardened_lsn of the copy, as the given end shows it. */
function hardenedLsn(seconds: number, end: EndName): bigint {
  const rows = ofDistributedGroup(simulate('planned-failover', { seconds }), end, databaseStates);
  return BigInt(String(rows.at(-1)?.last_hardened_lsn));
}

describe('planned failover', () => {
  it('goes over both ends being secondary to the other primary, and back', () => {
    assert.deepEqual(rolesOf('planned-failover'), [
      ['healthy', 'PRIMARY', 'SECONDARY', 0],
      ['switching to synchronous', 'PRIMARY', 'SECONDARY', 0],
      ['both secondary', 'SECONDARY', 'SECONDARY', 0],
      ['failed over', 'SECONDARY', 'PRIMARY', 0],
      ['switching to synchronous, back', 'SECONDARY', 'PRIMARY', 0],
      ['both secondary, back', 'SECONDARY', 'SECONDARY', 0],
    ]);
  });

  it('comes to the same hardened LSN on both ends and stays there while nobody writes', () => {
    const atSwitch = hardenedLsn(25, 'sqlServer');
    for (const seconds of [25, 29, 32]) {
      assert.deepEqual(
        endNames.map((end) => hardenedLsn(seconds, end)),
        [atSwitch, atSwitch],
      );
    }
    assert.notEqual(hardenedLsn(15, 'sqlServer'), atSwitch);
  });

  it('is synchronous and SYNCHRONIZED for the switch only', () => {
    const copy = (seconds: number): unknown =>
      ofDistributedGroup(simulate('planned-failover', { seconds }), 'managedInstance', databaseStates)[0]
        ?.synchronization_state_desc;
    assert.deepEqual([10, 25, 32, 50].map(copy), ['SYNCHRONIZING', 'SYNCHRONIZED', 'SYNCHRONIZED', 'SYNCHRONIZING']);
  });

  it('never moves the log of an end back', () => {
    for (const end of endNames) {
      let last = 0n;
      for (let seconds = 0; seconds < 80; seconds += 1) {
        const [row] = ofDistributedGroup(simulate('planned-failover', { seconds }), end, databaseStates);
        const endOfLog = BigInt(String(row?.end_of_log_lsn));
        assert.ok(endOfLog >= last, `${end} at ${seconds} s`);
        last = endOfLog;
      }
    }
  });
});

describe('forced failover', () => {
  it('leaves two primaries once the lost one returns, until it is made secondary', () => {
    assert.deepEqual(rolesOf('forced-failover'), [
      ['healthy', 'PRIMARY', 'SECONDARY', 0],
      ['primary lost', 'PRIMARY', 'SECONDARY', 1],
      ['forced failover', 'PRIMARY', 'PRIMARY', 1],
      ['split brain', 'PRIMARY', 'PRIMARY', 0],
      ['recovery', 'SECONDARY', 'PRIMARY', 0],
    ]);
  });

  it('lets nobody connect to the lost server, and cuts off who is connected', async () => {
    let now = pairStartMilliseconds;
    await withPair({ scenario: 'forced-failover', clock: () => now }, async (pair) => {
      assert.equal((await ask(pair, pair.sqlServer, 'SELECT 1 AS one')).length, 1);
      const pool = await connect(pair, pair.sqlServer);
      await pool.request().query('SELECT 1 AS one');
      now += 30_000;
      await assert.rejects(pool.request().query('SELECT 1 AS one'), {
        message: /socket hang up|ECONNRESET|Could not connect/,
      });
      await pool.close();
      assert.equal(pair.stage().name, 'primary lost');
      await assert.rejects(ask(pair, pair.sqlServer, 'SELECT 1 AS one'), { code: 'ESOCKET' });
      const states = `SELECT connected_state_desc FROM sys.${replicaStates} WHERE last_connect_error_number = 35206`;
      assert.deepEqual(await ask(pair, pair.managedInstance, states), [{ connected_state_desc: 'DISCONNECTED' }]);
      now += 35_000;
      assert.equal((await ask(pair, pair.sqlServer, 'SELECT 1 AS one')).length, 1);
    });
  });
});
