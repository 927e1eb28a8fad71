import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planShards, type ShardPlan } from '../../src/config/shard/shard.ts';
import { configOf } from './shard-config.ts';

/** `[[names of a group that links join], ...]` and the unlisted names. */
function shape({ linked, unlisted }: ShardPlan): unknown {
  return { linked: linked.map(({ key, servers }) => [key, ...servers]), unlisted: unlisted?.servers ?? null };
}

const cases: readonly { name: string; servers: string; links: readonly string[]; expected: unknown }[] = [
  { name: 'no link at all', servers: 'b a', links: [], expected: { linked: [], unlisted: ['b', 'a'] } },
  { name: 'one link', servers: 'b a', links: ['a b'], expected: { linked: [['a', 'b', 'a']], unlisted: null } },
  {
    name: 'two links apart',
    servers: 'a b c d',
    links: ['a b', 'd c'],
    expected: {
      linked: [
        ['a', 'a', 'b'],
        ['c', 'c', 'd'],
      ],
      unlisted: null,
    },
  },
  {
    name: 'a server with several links joins them all',
    servers: 'd c b a',
    links: ['d c', 'b a', 'c b'],
    expected: { linked: [['a', 'd', 'c', 'b', 'a']], unlisted: null },
  },
  {
    name: 'a link with one polled end',
    servers: 'a',
    links: ['a'],
    expected: { linked: [['a', 'a']], unlisted: null },
  },
  {
    name: 'two nodes and the managed instance',
    servers: 'n2 n1 mi other',
    links: ['n2 n1 mi'],
    expected: { linked: [['mi', 'n2', 'n1', 'mi']], unlisted: ['other'] },
  },
];

for (const { name, servers, links, expected } of cases) {
  test(`groups: ${name}`, () => assert.deepEqual(shape(planShards(configOf(servers, links))), expected));
}
