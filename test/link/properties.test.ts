import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assessLinks } from '../../src/link/assessor.ts';
import type { LinkEnd } from '../../src/link/data/end.ts';
import type { AssessedLink } from '../../src/link/data/link.ts';
import { verdicts } from '../../src/link/data/verdict.ts';
import { findingCodes } from '../../src/link/findings/kinds.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { fc } from '../fuzz/property.ts';
import { anyExpected, anyServers, shuffled } from './arbitrary.ts';

/** Holds for every link of any servers and expectations. */
function everyLink(holds: (link: AssessedLink) => void): void {
  fc.assert(
    fc.property(anyServers, anyExpected, (servers, expected) => {
      for (const link of assessLinks(servers, expected)) holds(link);
    }),
    { numRuns: 1000 },
  );
}

function primariesOf(link: AssessedLink): readonly LinkEnd[] {
  return link.ends.filter((end) => end.role === 'PRIMARY');
}

test('the servers drawn are varied enough to reach every verdict', () => {
  const reached = new Set<string>();
  for (const [servers, expected] of fc.sample(fc.tuple(anyServers, anyExpected), { numRuns: 8000, seed: 7 })) {
    for (const link of assessLinks(servers, expected)) reached.add(link.verdict);
  }
  assert.deepEqual(
    verdicts.filter((verdict) => !reached.has(verdict)),
    [],
  );
});

test('every link has one known verdict and says why in known words', () => {
  everyLink((link) => {
    assert.ok(verdicts.includes(link.verdict));
    assert.ok(link.findings.length > 0 || link.verdict === 'healthy');
    for (const { code, text } of link.findings) {
      assert.ok(findingCodes.includes(code));
      assert.match(text, /\S.*\.$/su);
      assert.doesNotMatch(text, /^(\S+) and \1 are one instance/);
    }
  });
});

test('no two links share name and managed instance, and they are sorted by them', () => {
  fc.assert(
    fc.property(anyServers, anyExpected, (servers, expected) => {
      const links = assessLinks(servers, expected);
      const keys = links.map((link) => JSON.stringify([link.name.toLowerCase(), link.managedInstance]));
      assert.equal(new Set(keys).size, keys.length);
      const sorted = links.toSorted((one, other) => {
        if (one.name !== other.name) return one.name < other.name ? -1 : 1;
        return one.managedInstance < other.managedInstance ? -1 : 1;
      });
      assert.deepEqual(links, sorted);
    }),
  );
});

test('every expected link appears once, and nothing else is called expected', () => {
  fc.assert(
    fc.property(anyServers, anyExpected, (servers, expected) => {
      const found = assessLinks(servers, expected).filter((link) => link.isExpected);
      const keys = (links: readonly { name: string; managedInstance: string }[]): readonly string[] =>
        links.map((link) => `${link.name} ${link.managedInstance}`).toSorted();
      assert.deepEqual(keys(found), keys(expected));
    }),
  );
});

test('the order of servers, rows and expectations makes no difference', () => {
  const both = anyServers.chain((servers) => fc.tuple(fc.constant(servers), shuffled(servers)));
  fc.assert(
    fc.property(both, anyExpected, ([servers, mixed], expected) => {
      assert.deepEqual(assessLinks(mixed, expected.toReversed()), assessLinks(servers, expected));
    }),
    { numRuns: 500 },
  );
});

test('split brain needs a PRIMARY SQL Server and a PRIMARY managed instance of one identity', () => {
  everyLink((link) => {
    if (link.verdict !== 'split_brain') return;
    const primaries = primariesOf(link);
    assert.ok(primaries.some((end) => end.engine === 'sql_server'));
    const own = primaries.filter((end) => end.engine === 'managed_instance').map((end) => end.instance.split('.')[0]);
    assert.deepEqual(own, [link.managedInstance]);
    assert.equal(link.primaries, 2);
  });
});

test('a PRIMARY at both ends of one known managed instance is never anything else', () => {
  everyLink((link) => {
    const engines = new Set(primariesOf(link).map((end) => end.engine));
    if (link.managedInstance !== '' && engines.size === 2) assert.equal(link.verdict, 'split_brain');
  });
});

test('healthy needs a PRIMARY end that says so, and is not disconnected, failed or seeding', () => {
  everyLink((link) => {
    if (link.verdict !== 'healthy') return;
    const primaries = primariesOf(link);
    assert.ok(primaries.length > 0);
    assert.notEqual(link.primaries, 2);
    for (const { partner } of primaries) {
      assert.equal(partner?.synchronizationHealth, 'HEALTHY');
      assert.notEqual(partner?.connectedState, 'DISCONNECTED');
    }
    for (const { seeding } of link.ends) assert.ok(seeding === 'none' || seeding === 'unseen');
  });
});

test('primaries are counted only when both ends were observed', () => {
  everyLink((link) => {
    assert.ok(link.endsObserved <= 2);
    if (link.endsObserved < 2) assert.equal(link.primaries, null);
    if (link.primaries !== null) assert.ok(link.primaries <= Math.min(2, primariesOf(link).length));
    if (link.managedInstance !== '' && link.endsObserved === 2) {
      assert.equal(new Set(link.ends.map((end) => end.engine)).size, 2);
    }
  });
});

test('one end alone leaves split brain open, and the reasons say so', () => {
  everyLink((link) => {
    if (link.endsObserved !== 1 || primariesOf(link).length !== 1) return;
    const codes = link.findings.map(({ code }) => code);
    const open = [
      'split_brain_not_excluded',
      'ambiguous_identity',
      'other_end_has_no_row',
      'dropped_at_one_end',
    ] as const;
    assert.ok(
      open.some((code) => codes.includes(code)),
      codes.join(),
    );
  });
});

test('missing needs every asked server to have answered; unreachable needs one that did not', () => {
  everyLink((link) => {
    const isNowhere = link.findings.some(({ code }) => code === 'not_found_anywhere');
    if (isNowhere) assert.deepEqual([link.verdict, link.isExpected, link.ends, link.unseen], ['missing', true, [], []]);
    if (link.verdict === 'primary_unreachable') assert.ok(link.unseen.length > 0 && link.ends.length > 0);
    if (link.verdict === 'no_primary') assert.deepEqual(link.unseen, []);
  });
});

test('an unseen end is a configured server that showed no end of this link', () => {
  fc.assert(
    fc.property(anyServers, anyExpected, (servers, expected) => {
      const configured = new Map<string, ServerState>(servers.map((server) => [server.name, server]));
      for (const link of assessLinks(servers, expected)) {
        const ends = link.ends.map((end) => end.server);
        for (const { server, why } of link.unseen) {
          assert.ok(!ends.includes(server));
          const kinds = { pending: 'pending', unreachable: 'failed', view_failed: 'ok' };
          assert.equal(configured.get(server)?.outcome.kind, kinds[why]);
        }
      }
    }),
  );
});
