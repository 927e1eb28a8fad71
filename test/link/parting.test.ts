import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LinkEnd } from '../../src/link/data/end.ts';
import { partingOf } from '../../src/link/findings/roles.ts';
import { betweenText } from '../../src/link/words.ts';
import { noHistory, type RoleTurn } from '../../src/model/history.ts';

const primary = (server: string) => ({ server, groupId: 'group', role: 'PRIMARY' }) as LinkEnd;
const ends = [primary('sql'), primary('mi')];

function servers(turns: Readonly<Record<string, readonly [RoleTurn['to'], number, number]>>) {
  return new Map(
    ['sql', 'mi'].map((name) => {
      const [to, after, by] = turns[name] ?? [null, 0, 0];
      const from = to === 'PRIMARY' ? 'SECONDARY' : 'PRIMARY';
      const turn =
        to === null ? {} : { turn: { from, to, afterTimestampSeconds: after, byTimestampSeconds: by } as const };
      const roles = new Map([['group', { role: 'PRIMARY', changes: new Map(), ...turn }]]);
      return [name, { history: { ...noHistory, roles } }];
    }),
  );
}

const rows: readonly (readonly [string, Parameters<typeof servers>[0], string | null])[] = [
  ['nobody saw either become primary', {}, null],
  ['one was seen to', { mi: ['PRIMARY', 10, 20] }, 'mi'],
  ['both were, one after the other', { sql: ['PRIMARY', 10, 20], mi: ['PRIMARY', 30, 40] }, 'mi'],
  ['both were, the other way round', { sql: ['PRIMARY', 30, 40], mi: ['PRIMARY', 10, 30] }, 'sql'],
  ['both were, in the same time', { sql: ['PRIMARY', 10, 35], mi: ['PRIMARY', 30, 40] }, null],
  ['one was seen to become secondary last', { sql: ['SECONDARY', 10, 20] }, null],
];

for (const [name, turns, kept] of rows) {
  test(name, () => assert.equal(partingOf(ends, servers(turns))?.kept.server ?? null, kept));
}

test('the time of a turn is told in whole seconds, never narrower than it is known', () => {
  const at = 1_793_534_400;
  const text = (after: number, by: number) =>
    betweenText({ afterTimestampSeconds: at + after, byTimestampSeconds: at + by });
  assert.equal(text(0.9, 14.1), 'between 2026-11-01 12:00:00 and 12:00:15 UTC');
  assert.equal(text(0, 43_200), 'between 2026-11-01 12:00:00 and 2026-11-02 00:00:00 UTC');
  assert.equal(text(5, 5), 'at 2026-11-01 12:00:05 UTC');
  assert.equal(text(Number.NaN, 5), 'at a time that is out of range');
});
