import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stageAt, stillScenarioNames } from '../../../src/simulator/scenario/index.ts';
import { ofDistributedGroup, pick, read, simulate, startMilliseconds } from '../world/simulated.ts';

const tourStages = [
  'seeding',
  'synchronizing',
  'healthy',
  'lag',
  'disconnected',
  'not healthy',
  'split brain',
  'recovery',
  'certificate',
];

/** The stages in the order in which they come, with the second at which each begins. */
function timetable(speed: number, seconds: number): readonly (readonly [string, number])[] {
  const seen: [string, number][] = [];
  for (let second = 0; second < seconds; second += 1) {
    const { name } = stageAt({
      scenario: 'tour',
      startedAtMilliseconds: startMilliseconds,
      nowMilliseconds: startMilliseconds + second * 1000,
      speed,
    });
    if (seen.at(-1)?.[0] !== name) {
      seen.push([name, second]);
    }
  }
  return seen;
}

describe('tour', () => {
  it('goes through its stages in about three minutes, round and round', () => {
    const stages = timetable(1, 500);
    assert.deepEqual(
      stages.slice(0, 10).map(([name]) => name),
      [...tourStages, 'seeding'],
    );
    const [, round] = stages[9] ?? ['', 0];
    assert.ok(round >= 170 && round <= 200, `${round} s`);
    assert.deepEqual(stages[18], ['seeding', 2 * round]);
  });

  it('takes half the time at twice the speed', () => {
    const [once, twice] = [timetable(1, 400)[9], timetable(2, 400)[9]];
    assert.equal(twice?.[1], Math.ceil((once?.[1] ?? 0) / 2));
  });

  it('tells each stage in one sentence and when it ends', () => {
    let now = startMilliseconds;
    for (const name of tourStages) {
      const stage = stageAt({ scenario: 'tour', startedAtMilliseconds: startMilliseconds, nowMilliseconds: now });
      assert.equal(stage.name, name);
      assert.match(stage.description, /^[A-Z][^.]*\.$/);
      assert.equal(stage.startedAtMilliseconds, now);
      now = stage.endsAtMilliseconds;
    }
  });

  const moments = [
    { stage: 'seeding', seconds: 15, roles: ['PRIMARY', 'SECONDARY'], health: 'NOT_HEALTHY', connected: 'CONNECTED' },
    { stage: 'synchronizing', seconds: 40, roles: ['PRIMARY', 'SECONDARY'], health: 'HEALTHY', connected: 'CONNECTED' },
    { stage: 'healthy', seconds: 55, roles: ['PRIMARY', 'SECONDARY'], health: 'HEALTHY', connected: 'CONNECTED' },
    { stage: 'lag', seconds: 80, roles: ['PRIMARY', 'SECONDARY'], health: 'HEALTHY', connected: 'CONNECTED' },
    {
      stage: 'disconnected',
      seconds: 95,
      roles: ['PRIMARY', 'SECONDARY'],
      health: 'NOT_HEALTHY',
      connected: 'DISCONNECTED',
    },
    {
      stage: 'not healthy',
      seconds: 115,
      roles: ['PRIMARY', 'SECONDARY'],
      health: 'NOT_HEALTHY',
      connected: 'CONNECTED',
    },
    {
      stage: 'split brain',
      seconds: 135,
      roles: ['PRIMARY', 'PRIMARY'],
      health: 'NOT_HEALTHY',
      connected: 'DISCONNECTED',
    },
    { stage: 'recovery, demoted', seconds: 152, roles: ['SECONDARY', 'PRIMARY'], health: null, connected: null },
    {
      stage: 'recovery, both secondary',
      seconds: 174,
      roles: ['SECONDARY', 'SECONDARY'],
      health: null,
      connected: null,
    },
    {
      stage: 'recovery, over',
      seconds: 178,
      roles: ['PRIMARY', 'SECONDARY'],
      health: 'HEALTHY',
      connected: 'CONNECTED',
    },
    { stage: 'certificate', seconds: 185, roles: ['PRIMARY', 'SECONDARY'], health: 'HEALTHY', connected: 'CONNECTED' },
  ];
  for (const { stage, seconds, roles, health, connected } of moments) {
    it(`${stage}: roles, connection and health at ${seconds} s`, () => {
      const world = simulate('tour', { seconds });
      const view = 'dm_hadr_availability_replica_states';
      const [sqlServer, remote] = ofDistributedGroup(world, 'sqlServer', view);
      const [managedInstance] = ofDistributedGroup(world, 'managedInstance', view);
      assert.deepEqual([sqlServer?.role_desc, managedInstance?.role_desc], roles);
      assert.equal(remote?.synchronization_health_desc ?? null, health);
      assert.equal(remote?.connected_state_desc ?? null, connected);
    });
  }

  it('lags by more than ten seconds at the end of the lag, and catches up before and after', () => {
    const lag = (seconds: number): unknown =>
      ofDistributedGroup(simulate('tour', { seconds }), 'sqlServer', 'dm_hadr_database_replica_states')[1]
        ?.secondary_lag_seconds;
    assert.equal(lag(55), 0n);
    assert.equal(lag(84), 16n);
    assert.equal(lag(180), 0n);
  });

  it('finishes seeding within its stage and keeps the error of the disconnection from then on', () => {
    const transferred = (seconds: number): bigint =>
      BigInt(
        String(
          read(simulate('tour', { seconds }), 'sqlServer', 'dm_hadr_physical_seeding_stats')[0]?.transferred_size_bytes,
        ),
      );
    assert.ok(transferred(29) > transferred(5) * 5n);
    const error = (seconds: number): unknown =>
      ofDistributedGroup(simulate('tour', { seconds }), 'sqlServer', 'dm_hadr_availability_replica_states')[1]
        ?.last_connect_error_number;
    assert.deepEqual([80, 90, 110, 185, 200].map(error), [null, 35_206, 35_206, 35_206, null]);
  });

  it('never moves a hardened LSN back on the copy before the failover', () => {
    let last = 0n;
    for (let seconds = 31; seconds < 150; seconds += 1) {
      const row = ofDistributedGroup(simulate('tour', { seconds }), 'sqlServer', 'dm_hadr_database_replica_states')[1];
      const hardened = BigInt(String(row?.last_hardened_lsn));
      assert.ok(hardened >= last, `at ${seconds} s`);
      last = hardened;
    }
  });
});

describe('scenarios that stand still', () => {
  for (const scenario of stillScenarioNames) {
    it(`${scenario} shows the same replica states whenever it is asked`, () => {
      const shown = (seconds: number): unknown =>
        read(simulate(scenario, { seconds }), 'sqlServer', 'dm_hadr_availability_replica_states');
      assert.deepEqual(shown(0), shown(100_000));
      const stage = stageAt({ scenario, startedAtMilliseconds: 0, nowMilliseconds: 1e12 });
      assert.equal(stage.name, scenario);
      assert.equal(stage.endsAtMilliseconds, Number.POSITIVE_INFINITY);
      assert.match(stage.description, /^[A-Z][^.]*\.$/);
    });
  }

  it('are healthy first for as long as asked, at any speed, and happen then', () => {
    const at = (nowMilliseconds: number): ReturnType<typeof stageAt> =>
      stageAt({
        scenario: 'suspended',
        startedAtMilliseconds: 0,
        nowMilliseconds,
        healthyFirstMilliseconds: 60_000,
        speed: 4,
      });
    assert.deepEqual([at(0).name, at(0).endsAtMilliseconds], ['healthy first', 60_000]);
    assert.equal(at(59_999).name, 'healthy first');
    assert.deepEqual([at(60_000).name, at(60_000).startedAtMilliseconds], ['suspended', 60_000]);
  });

  it('touches only the first links when told so', () => {
    const world = simulate('split-brain', { topology: { links: 3 }, options: { affectedLinks: 1 } });
    const roles = pick(read(world, 'managedInstance', 'dm_hadr_availability_replica_states'), 'role_desc', 'is_local');
    assert.equal(roles.filter(([role, isLocal]) => role === 'SECONDARY' && isLocal === true).length, 2);
  });
});
