import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assessLinks } from '../../src/link/assessor.ts';
import { type DatabaseEnd, failoverCheckNames, type LinkDatabase } from '../../src/link/data/database.ts';
import type { AssessedLink } from '../../src/link/data/link.ts';
import { fc } from '../fuzz/property.ts';
import { anyExpected, anyServers } from './arbitrary.ts';

/** Holds for every link of any servers and expectations. */
function everyLink(holds: (link: AssessedLink) => void): void {
  fc.assert(
    fc.property(anyServers, anyExpected, (servers, expected) => {
      for (const link of assessLinks(servers, expected)) holds(link);
    }),
    { numRuns: 1000 },
  );
}

function everyDatabase(holds: (database: LinkDatabase, link: AssessedLink) => void): void {
  everyLink((link) => {
    for (const database of link.databases) holds(database, link);
  });
}

function copiesOf({ local, partner, own }: DatabaseEnd) {
  return [local, partner, own].filter((row) => row !== null);
}

test('databases that are drawn have every state of readiness', () => {
  const ready = new Set<unknown>();
  for (const [servers, expected] of fc.sample(fc.tuple(anyServers, anyExpected), { numRuns: 4000, seed: 7 })) {
    for (const link of assessLinks(servers, expected))
      for (const { isFailoverReady } of link.databases) ready.add(isFailoverReady);
  }
  // Ready needs certificates, which are not drawn: failover.test.ts has them.
  assert.deepEqual([...ready].sort(), [false, null]);
});

test('no two databases of a link have one name, and none is without', () => {
  everyLink(({ databases }) => {
    const names = databases.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    assert.ok(!names.includes(''));
  });
});

test('no two ends of a database are of one server, and every copy is of this database', () => {
  everyDatabase(({ ends, groupDatabaseId }) => {
    const copies = ends.flatMap(copiesOf);
    assert.deepEqual(
      [...new Set(copies.map((row) => row.groupDatabaseId))],
      copies.length === 0 ? [] : [groupDatabaseId],
    );
    assert.equal(new Set(ends.map(({ server }) => server)).size, ends.length);
    for (const { local, partner } of ends) {
      assert.ok(local === null || local.isLocal !== false);
      assert.ok(partner === null || partner.isLocal !== true);
    }
  });
});

test('only an expected database can be absent, and an absent one has no end', () => {
  everyDatabase(({ isExpected, isPresent, ends }) => {
    if (isPresent !== true) assert.deepEqual([isExpected, ends], [true, []]);
  });
});

test('every check has a name of the closed set and a sentence; no check is asked twice', () => {
  everyDatabase(({ failoverChecks }, link) => {
    const names = [...link.failoverChecks, ...failoverChecks].map(({ check }) => check);
    assert.equal(new Set(names).size, names.length);
    for (const { check, text } of [...link.failoverChecks, ...failoverChecks]) {
      assert.ok(failoverCheckNames.includes(check));
      assert.match(text, /\S.*\.$/su);
    }
  });
});

test('ready is true only when every check passed, and false only when one failed', () => {
  everyDatabase(({ failoverChecks, isFailoverReady, ends }, link) => {
    const all = [...link.failoverChecks, ...failoverChecks].map(({ status }) => status);
    if (isFailoverReady === true) assert.deepEqual([...new Set(all)], ['passed']);
    if (isFailoverReady === false) assert.ok(all.includes('failed'));
    if (isFailoverReady === null && ends.length > 0) assert.ok(all.includes('unknown') && !all.includes('failed'));
  });
});

test('equal LSNs are those of one primary and one secondary', () => {
  everyDatabase(({ failoverChecks, ends }) => {
    if (failoverChecks.find(({ check }) => check === 'hardened_lsn_equal')?.status !== 'passed') return;
    const lsns = ends
      .filter(({ role }) => role === 'PRIMARY' || role === 'SECONDARY')
      .map(({ hardenedLsn }) => hardenedLsn);
    assert.deepEqual([lsns.length, new Set(lsns).size], [2, 1]);
    assert.equal(typeof lsns[0], 'bigint');
  });
});

test('no lag is said only of a copy that is connected, not suspended and kept up; any other lag is said as it is', () => {
  everyDatabase(({ ends }, link) => {
    for (const { server, partner, local, figures } of ends) {
      const lag = partner?.secondaryLagSeconds ?? null;
      if (lag !== 0) assert.equal(figures.secondaryLagSeconds, lag);
      if (figures.secondaryLagSeconds !== 0) continue;
      const connected = link.ends.find((end) => end.server === server)?.partner?.connectedState;
      assert.deepEqual([connected, partner?.isSuspended], ['CONNECTED', false]);
      assert.ok(local === null || local.isSuspended === false);
      assert.match(partner?.synchronizationState ?? '', /^SYNCHRONIZ(ING|ED)$/);
    }
  });
});

test('a data loss is never below 0 nor above the difference of the commits', () => {
  everyDatabase(({ ends }) => {
    for (const { partner, lastCommitTimestampSeconds, figures } of ends) {
      const loss = figures.estimatedDataLossSeconds;
      if (loss === null) continue;
      assert.ok(loss >= 0);
      const difference = (lastCommitTimestampSeconds ?? 0) - (partner?.lastCommitTimestampSeconds ?? 0);
      assert.ok(loss <= Math.max(0, difference));
    }
  });
});

test('there is no time of recovery for a copy that is suspended or not kept up', () => {
  everyDatabase(({ ends }) => {
    for (const { local, partner, figures } of ends) {
      const { estimatedRecoverySeconds: seconds } = figures;
      for (const [copy, value] of [[local, seconds.local] as const, [partner, seconds.partner] as const]) {
        if (value === null) continue;
        assert.equal(copy?.isSuspended, false);
        assert.match(copy?.synchronizationState ?? '', /^SYNCHRONIZ(ING|ED)$/);
      }
    }
  });
});

test('a link with a suspended copy is neither healthy nor called not healthy without more', () => {
  everyLink(({ verdict, databases }) => {
    const copies = databases.flatMap(({ ends }) => ends.flatMap(({ local, partner }) => [local, partner]));
    if (!copies.some((row) => row?.isSuspended === true)) return;
    assert.ok(!['healthy', 'partially_healthy', 'not_healthy'].includes(verdict), verdict);
  });
});
