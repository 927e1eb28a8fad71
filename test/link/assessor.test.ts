import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Assessment, type Assessor, assessLinks, createAssessor, type Estate } from '../../src/link/assessor.ts';
import { atOnce } from '../../src/steps/steps.ts';
import { fc, fuzzRuns } from '../fuzz/property.ts';
import { anyCourse } from './changes.ts';
import { pairs } from './pairs.ts';

function assessed(assessor: Assessor, estate: Estate): Assessment {
  return atOnce(assessor.assess(estate));
}

test('whatever changes, what is judged again makes the same links as judging all of them', () => {
  fc.assert(
    fc.property(anyCourse, (course) => {
      const assessor = createAssessor();
      for (const estate of course) {
        const { servers, expected, azure } = estate;
        assert.deepEqual(assessed(assessor, estate).links, assessLinks(servers, expected, azure));
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
