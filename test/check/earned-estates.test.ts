import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLosing } from '../../src/check/advice/earned/losing.ts';
import { fc, fuzzRuns } from '../fuzz/property.ts';
import { anyEstate, type Estate, expectedOf, serverOf, serversOf } from '../link/estate.ts';
import { reportOf } from './scenarios.ts';

const forced = /FORCE_FAILOVER/;

/**
 * In the words of the estate: which copies of the end that is not primary could start as one. A database that never came
 * there is in no row of that end: while the primary is lost nobody can know of it.
 */
function isWhole({ databases }: Estate): boolean {
  const there = databases.filter((state) => state !== 'absent');
  return there.length > 0 && there.every((state) => !['reverting', 'seeding', 'failed'].includes(state));
}

test('no estate has a forced statement for an end that has not earned it', () => {
  let shown = 0;
  fc.assert(
    fc.property(anyEstate, (estate) => {
      const [link] = reportOf({ servers: serversOf(estate), expected: expectedOf(estate) }).links;
      const steps = link?.nextSteps.filter(({ statements }) => statements.some(({ text }) => forced.test(text))) ?? [];
      if (steps.length === 0) return;
      shown++;
      const what = JSON.stringify(estate);
      const other = Object.values(serverOf).filter((name) => name !== serverOf[estate.primary]);
      const isLost = estate.faults.some((fault) => fault === 'primary unreachable' || fault === 'primary lost');
      assert.ok(isLost && !estate.isSplit, `a primary is seen: ${what}`);
      // That a primary which nobody reaches has dropped the link too, nobody can see.
      assert.ok(!estate.faults.includes('other end dropped'), `the link is gone at an end: ${what}`);
      assert.ok(isWhole(estate), `no copy that can become primary: ${what}`);
      for (const { servers } of steps) assert.deepEqual(servers, other, what);
    }),
    { numRuns: fuzzRuns(300) },
  );
  // Whoever is told nothing for ever has earned nothing either: the property is about something.
  if (fuzzRuns(300) >= 2000) assert.ok(shown > 0, 'no estate showed one');
});

test('each statement that loses data names one server that was seen', () => {
  fc.assert(
    fc.property(anyEstate, (estate) => {
      const [link] = reportOf({ servers: serversOf(estate), expected: expectedOf(estate) }).links;
      for (const { statements, servers } of link?.nextSteps ?? []) {
        if (!statements.some(({ text }) => isLosing(text))) continue;
        assert.ok(servers.length === 1 && Object.values(serverOf).includes(servers[0] ?? ''), JSON.stringify(estate));
      }
    }),
    { numRuns: fuzzRuns(300) },
  );
});

/** What a managed instance does not let anybody change there, or has Azure change: its endpoint, its groups, their databases. */
const ofAzure = /ALTER ENDPOINT|(?:DROP|CREATE) AVAILABILITY GROUP|(?:ADD|REMOVE) DATABASE|(?:CREATE|DROP) CERTIFICATE/;

test('no step changes on a managed instance what is Azure’s, nor drops a group or a database of a primary', () => {
  fc.assert(
    fc.property(anyEstate, (estate) => {
      const [link] = reportOf({ servers: serversOf(estate), expected: expectedOf(estate) }).links;
      for (const { statements, servers } of link?.nextSteps ?? []) {
        const what = `${servers}: ${statements.map(({ text }) => text).join(' ')} ${JSON.stringify(estate)}`;
        const texts = statements.map(({ text }) => text);
        if (servers.includes(serverOf.managed_instance)) assert.ok(!texts.some((text) => ofAzure.test(text)), what);
        assert.ok(!texts.some((text) => /DROP DATABASE|SET HADR OFF/.test(text)), what);
        const isServed =
          servers.includes(serverOf[estate.primary]) && !estate.faults.some((f) => f.endsWith('dropped'));
        if (isServed) assert.ok(!texts.some((text) => /DROP AVAILABILITY GROUP/.test(text)), what);
      }
    }),
    { numRuns: fuzzRuns(300) },
  );
});
