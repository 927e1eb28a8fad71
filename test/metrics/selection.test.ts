import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../src/metrics/catalogue.ts';
import { expose } from '../../src/metrics/exposition.ts';
import type { State } from '../../src/metrics/family.ts';
import { stateFamilies } from '../../src/metrics/page.ts';
import { selectServers } from '../../src/metrics/selection.ts';
import { fullState } from './rows.ts';

function lines(state: State): Set<string> {
  const { text } = expose(stateFamilies(catalogue, state), 'text');
  return new Set(text.split('\n').filter((line) => line !== '' && !line.startsWith('#')));
}

test('the parts of all servers together are the whole, and no part has more', () => {
  const whole = fullState();
  // Azure is of no server: it stands beside what the exporter says of itself.
  const ofAzure = { ...whole, servers: [], links: [] };
  const parts = [...whole.servers.map(({ name }) => lines(selectServers(whole, [name]))), lines(ofAzure)];
  assert.ok(parts.length > 1);
  const all = lines(whole);
  assert.deepEqual(
    new Set(parts.flatMap((part) => [...part])),
    all,
    'what is on no part, or on a part only, is on the page of some server',
  );
  assert.ok(parts.every((part) => part.size < all.size));
});

test('a part has no series of another server', () => {
  const whole = fullState();
  for (const { name } of whole.servers) {
    const servers = [...lines(selectServers(whole, [name]))].flatMap(
      (line) => /[{,]server="([^"]+)"/.exec(line)?.[1] ?? [],
    );
    assert.deepEqual([...new Set(servers)], [name]);
  }
});

test('a link of which no server is known goes with every server', () => {
  const whole = fullState();
  const [link] = whole.links;
  assert.ok(link);
  const lost = { ...link, name: 'Lost', ends: [], unseen: [] };
  const state = { ...whole, links: [...whole.links, lost] };
  for (const { name } of whole.servers)
    assert.ok(
      selectServers(state, [name]).links.some((each) => each.name === 'Lost'),
      name,
    );
});
