import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assessLinks } from '../../src/link/assess-links.ts';
import { type Assessment, type Assessor, createAssessor, type Estate } from '../../src/link/assessor.ts';
import type { AzureState } from '../../src/model/azure/state.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { atOnce } from '../../src/steps/steps.ts';
import { fc, fuzzRuns } from '../fuzz/property.ts';
import { anyExpected, anyServers } from './arbitrary.ts';
import { azureState, primary, secondary } from './azure-state.ts';
import { anyEstate, expectedOf, serversOf } from './estate.ts';
import { pairs } from './pairs.ts';

function assessed(assessor: Assessor, estate: Estate): Assessment {
  return atOnce(assessor.assess(estate));
}

const anyAzure: fc.Arbitrary<AzureState | null> = fc.constantFrom(
  null,
  azureState({ links: [] }),
  azureState({ links: null }),
  azureState({ links: [primary] }),
  azureState({ links: [secondary], ageSeconds: 600 }),
);

/** A state that an estate comes to: some servers were polled, the others are the same objects as before. */
interface Change {
  readonly servers: readonly ServerState[];
  readonly expected: Estate['expected'];
  readonly azure: AzureState | null;
  /** Of each server that was there before, whether it was polled. */
  readonly polled: readonly boolean[];
  /** Others may be other values or the same ones read again. */
  readonly isRead: boolean;
}

const anyDrawn = fc.oneof(
  fc.tuple(anyServers, anyExpected),
  anyEstate.map((estate) => [serversOf(estate), expectedOf(estate)] as const),
);

const anyChange: fc.Arbitrary<Change> = fc
  .record({
    drawn: anyDrawn,
    azure: anyAzure,
    polled: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    isRead: fc.boolean(),
  })
  .map(({ drawn: [servers, expected], ...others }) => ({ servers, expected, ...others }));

/** The servers of the change, those that were not polled as they were; one that was read again says the same in new objects. */
function after(former: readonly ServerState[], { servers, polled, isRead }: Change): readonly ServerState[] {
  const byName = new Map(former.map((server) => [server.name, server]));
  return servers.map((server, index) => {
    const before = byName.get(server.name);
    if (before === undefined || polled[index]) return server;
    return isRead ? structuredClone(before) : before;
  });
}

test('whatever changes, what is judged again makes the same links as judging all of them', () => {
  fc.assert(
    fc.property(fc.array(anyChange, { minLength: 2, maxLength: 6 }), (changes) => {
      const assessor = createAssessor();
      let servers: readonly ServerState[] = [];
      for (const change of changes) {
        servers = after(servers, change);
        const { expected, azure } = change;
        const { links } = assessed(assessor, { servers, expected, azure });
        assert.deepEqual(links, assessLinks(servers, expected, azure));
      }
    }),
    { numRuns: fuzzRuns(400) },
  );
});

test('a poll has the links of its server judged, and no other', () => {
  const assessor = createAssessor();
  const servers = pairs(50);
  const none = { expected: [], azure: null };
  const first = assessed(assessor, { servers, ...none });
  assert.equal(first.assessed, 50);
  assert.deepEqual(assessed(assessor, { servers, ...none }), { links: first.links, assessed: 0 });
  const polled = servers.map((server, index) => (index === 7 ? { ...server, polls: 2 } : server));
  const second = assessed(assessor, { servers: polled, ...none });
  assert.equal(second.assessed, 1);
  // It says the same, and is the same object.
  assert.ok(second.links.every((link, index) => link === first.links[index]));
});

test('a poll that changes no standing leaves links alone of which an end is missing', () => {
  const assessor = createAssessor();
  const servers = pairs(20).filter((_, index) => index !== 1);
  const none = { expected: [], azure: null };
  assessed(assessor, { servers, ...none });
  const polled = servers.map((server, index) => (index === 7 ? { ...server, polls: 2 } : server));
  assert.equal(assessed(assessor, { servers: polled, ...none }).assessed, 1);
  const [gone] = servers;
  const failed = servers.map((server, index) =>
    index === 7 ? { ...server, outcome: { kind: 'pending' as const }, identity: null } : server,
  );
  assert.ok(gone);
  // Its own, and the one that looks among all servers for its other end.
  assert.equal(assessed(assessor, { servers: failed, ...none }).assessed, 2);
});
