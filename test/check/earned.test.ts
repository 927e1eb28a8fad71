import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { NextStep } from '../../src/check/report/report.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { fc } from '../fuzz/property.ts';
import { anyExpected, anyServers } from '../link/arbitrary.ts';
import { beyond, database, managedInstanceWithDatabase, sqlServerWithDatabase } from '../link/database-rows.ts';
import {
  failedServer,
  guid,
  managedInstance,
  now,
  pendingServer,
  polledServer,
  seedingAttempt,
} from '../link/server-state.ts';
import { reportOf, type Scenario, scenarios } from './scenarios.ts';

function stepsOf(scenario: Scenario): readonly NextStep[] {
  return reportOf(scenario).links.flatMap(({ nextSteps }) => nextSteps);
}

function withStatement(steps: readonly NextStep[], pattern: RegExp): readonly NextStep[] {
  return steps.filter(({ statements }) => statements.some(({ text }) => pattern.test(text)));
}

const forced = /FORCE_FAILOVER/;
const demoted = /SET \(ROLE/;

/** Everything that decides, as the world has it: what the program sees is made from it. */
const world = fc.record({
  isMiSecondary: fc.boolean(),
  other: fc.constantFrom('failed', 'failed', 'failed', 'pending', 'primary', 'secondary', 'gone', 'blind'),
  connected: fc.constantFrom('DISCONNECTED', 'DISCONNECTED', 'CONNECTED', null),
  copy: fc.constantFrom(
    'NOT SYNCHRONIZING',
    'NOT SYNCHRONIZING',
    'SYNCHRONIZING',
    'REVERTING',
    'INITIALIZING',
    null,
    'none',
  ),
  state: fc.constantFrom('ONLINE', 'ONLINE', 'ONLINE', 'RECOVERING', 'RESTORING', 'SUSPECT', null),
  joined: fc.constantFrom(true, true, false),
  receivedAgo: fc.constantFrom(600, 3600, null, 5, -5),
  attempt: fc.constantFrom('COMPLETED', null, null, 'SEEDING', 'FAILED'),
  isBehind: fc.boolean(),
  isListed: fc.boolean(),
  isCut: fc.constantFrom(false, false, false, true),
});
type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;

function scenarioOf(it: World): Scenario {
  const secondary = it.isMiSecondary ? managedInstanceWithDatabase : sqlServerWithDatabase;
  const primary = it.isMiSecondary ? sqlServerWithDatabase : managedInstanceWithDatabase;
  const otherName = it.isMiSecondary ? 'sql-prod-01' : 'mi-prod';
  const host = it.isMiSecondary ? 'sql01.corp.example' : 'mi-prod.0123abcd.database.windows.net';
  const at = it.receivedAgo === null ? null : now - it.receivedAgo;
  const position = it.joined ? 100n : null;
  const row = {
    synchronizationState: it.copy,
    databaseState: it.state,
    synchronizationHealth: 'NOT_HEALTHY',
    lastReceivedTimestampSeconds: at,
    lastHardenedTimestampSeconds: at,
    ...{ lastHardenedLsn: position, lastRedoneLsn: position, lastCommitLsn: position },
  };
  const ids = { groupId: guid('DAG_Sales@mi-prod'), groupDatabaseId: guid('database Sales') };
  const attempts =
    it.attempt === null
      ? []
      : [
          seedingAttempt({
            ...ids,
            currentState: it.attempt,
            ...(it.attempt === 'SEEDING' ? { completionTimestampSeconds: null } : {}),
          }),
        ];
  const end = secondary(
    {
      role: 'SECONDARY',
      local: { connectedState: it.connected },
      ownCopy: it.copy === 'none' ? null : row,
      catalogRow: { state: it.state, ...(it.joined ? {} : { groupDatabaseId: null, replicaId: null }) },
    },
    { views: { automatic_seeding: attempts } },
  );
  const still = { lastReceivedTimestampSeconds: now - 900, lastHardenedTimestampSeconds: now - 900 };
  const others: Readonly<Record<World['other'], () => ServerState>> = {
    failed: () => failedServer(otherName, { host }),
    pending: () => pendingServer(otherName, { host }),
    primary: () => primary({ role: 'PRIMARY' }),
    secondary: () => primary({ role: 'SECONDARY', ownCopy: { ...still, lastHardenedLsn: it.isBehind ? 200n : 100n } }),
    gone: () =>
      polledServer(otherName, it.isMiSecondary ? 'sql_server' : 'managed_instance', {
        views: { databases: [database({ groupDatabaseId: null, replicaId: null })] },
        state: { host },
      }),
    blind: () => primary({ role: 'PRIMARY' }, { views: { availability_replica_states: null } }),
  };
  const expected = [
    { name: 'DAG_Sales', managedInstance: 'mi-prod', servers: ['sql-prod-01', 'mi-prod'], databases: ['Sales'] },
  ];
  return {
    servers: [it.isCut ? beyond(end, { databases: 1 }) : end, others[it.other]()],
    ...(it.isListed ? { expected } : {}),
  };
}

/** The oracle: in the words of the world, not of the program. */
function mayBeForced(it: World): boolean {
  // Of a row without a state the server's own group says ONLINE: it is the same copy.
  const isWhole =
    it.joined &&
    (it.state === 'ONLINE' || it.state === null) &&
    (it.copy === 'NOT SYNCHRONIZING' || it.copy === 'SYNCHRONIZING');
  const isOld = it.receivedAgo === null || it.receivedAgo > 300;
  const isLost = it.connected === 'DISCONNECTED' || (it.connected === null && it.copy === 'NOT SYNCHRONIZING');
  if (!isWhole || !isOld || it.isCut) return false;
  return it.other === 'failed' ? isLost : it.other === 'secondary' && !it.isBehind;
}

describe('a forced failover', () => {
  test('is shown where the primary is lost and the copy is whole, and nowhere else', () => {
    let shown = 0;
    fc.assert(
      fc.property(world, (it) => {
        const steps = withStatement(stepsOf(scenarioOf(it)), forced);
        const name = it.isMiSecondary ? 'mi-prod' : 'sql-prod-01';
        if (!mayBeForced(it)) {
          const other = it.isMiSecondary ? 'sql-prod-01' : 'mi-prod';
          assert.deepEqual(
            steps.filter(({ servers }) => !servers.includes(other)),
            [],
          );
          if (it.other !== 'secondary') assert.deepEqual(steps, []);
        } else if (it.attempt !== 'SEEDING' && it.attempt !== 'FAILED') {
          shown++;
          assert.ok(
            steps.some(({ servers }) => servers.length === 1 && servers[0] === name),
            JSON.stringify(it),
          );
        }
      }),
      { numRuns: 2000 },
    );
    // Some 25 of them; other draws than those of the suite have fewer.
    assert.ok(shown > 5, `only ${shown} runs showed one`);
  });

  test('is for one named end that is SECONDARY, beside no end that is PRIMARY, whatever servers say', () => {
    fc.assert(
      fc.property(anyServers, anyExpected, (servers, expected) => {
        for (const { ends, nextSteps } of reportOf({ servers, expected }).links) {
          for (const { servers: named, changes, statements } of withStatement(nextSteps, forced)) {
            assert.deepEqual([named.length, statements.length, changes], [1, 1, true]);
            assert.equal(ends.find(({ server }) => server === named[0])?.role, 'SECONDARY');
            assert.ok(ends.every(({ role }) => role !== 'PRIMARY'));
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

test('a statement that changes a server and may lose data stands alone, after a step that looks', () => {
  for (const [name, scenario] of Object.entries(scenarios)) {
    const steps = stepsOf(scenario);
    for (const [index, step] of steps.entries()) {
      if (!step.statements.some(({ text }) => forced.test(text) || demoted.test(text) || /^DROP/.test(text))) continue;
      const before = steps[index - 1];
      assert.equal(step.statements.length, 1, name);
      assert.equal(before?.changes, false, name);
      assert.ok((before?.statements.length ?? 0) > 0 && before?.servers.join() === step.servers.join(), name);
    }
  }
});

test('the ways out of a split brain are marked as alternatives, one per end', () => {
  const ways = withStatement(
    stepsOf({ ...scenarios['split-brain'], servers: scenarios['split-brain']?.servers ?? [] }),
    demoted,
  );
  assert.deepEqual(
    ways.map(({ alternative, servers }) => [alternative, servers]),
    ['sql-prod-01', 'mi-prod'].map((choice) => [{ of: 'old_primary', choice }, [choice]]),
  );
});

test('where the failover was seen, only the old primary is to be demoted, whichever end it is', () => {
  const ways = withStatement(stepsOf({ servers: scenarios['split-brain-seen']?.servers ?? [] }), demoted);
  assert.deepEqual(
    ways.map(({ alternative, servers }) => [alternative, servers]),
    [[null, ['sql-prod-01']]],
  );
});

test('no end is demoted while the other one does not serve the database', () => {
  const mi = { role: 'PRIMARY', catalogRow: { state: 'RECOVERING' } };
  const steps = stepsOf({ servers: [sqlServerWithDatabase(), managedInstanceWithDatabase(mi)] });
  assert.deepEqual(
    withStatement(steps, demoted).map(({ servers }) => servers),
    [['mi-prod']],
  );
  const ofCut = stepsOf({
    servers: [sqlServerWithDatabase(), beyond(managedInstanceWithDatabase(mi), { rows: 1 })],
  });
  assert.deepEqual(withStatement(ofCut, demoted), []);
  assert.ok(steps.some(({ text }) => /RECOVERING on mi-prod: it would be served by nobody/.test(text)));
});

test('what is left of a link is not dropped while nobody serves the database', () => {
  const gone = managedInstance(
    {},
    { links: [], views: { databases: [database({ groupDatabaseId: null, replicaId: null, state: 'RESTORING' })] } },
  );
  const steps = stepsOf({
    servers: [sqlServerWithDatabase({ role: 'SECONDARY' }), gone],
    expected: [
      { name: 'DAG_Sales', managedInstance: 'mi-prod', servers: ['sql-prod-01', 'mi-prod'], databases: ['Sales'] },
    ],
  });
  assert.deepEqual(withStatement(steps, /DROP|FORCE/), []);
  assert.ok(steps.some(({ text }) => /may be the only copy/.test(text)));
});
