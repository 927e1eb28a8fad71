import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assessLinks } from '../../src/link/assess-links.ts';
import { keepLinks } from '../../src/link/keep-links.ts';
import { catalogue } from '../../src/metrics/catalogue.ts';
import { expose, type Format } from '../../src/metrics/exposition.ts';
import { family, type State } from '../../src/metrics/family.ts';
import { stateFamilies } from '../../src/metrics/page.ts';
import { partsOf } from '../../src/metrics/parts.ts';
import { createPartRenderer } from '../../src/metrics/render-parts.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { fc } from '../fuzz/property.ts';
import { anyExpected, anyServers } from '../link/arbitrary.ts';
import { polledServer } from '../link/server-state.ts';
import { fullState } from './rows.ts';
import { stateOf } from './series.ts';

const formats: readonly Format[] = ['text', 'openmetrics'];

/** The lines of all families, in any order: that of parts is another than that of the whole. */
function assertSame(parts: ReturnType<typeof expose>, whole: ReturnType<typeof expose>): void {
  assert.deepEqual(parts.text.split('\n').sort(), whole.text.split('\n').sort());
  assert.deepEqual({ ...parts, text: '' }, { ...whole, text: '' });
}

test('what is rendered in parts is what is rendered whole, each family once', () => {
  for (const format of formats) {
    const parts = createPartRenderer(catalogue, format)(fullState());
    assertSame(parts, expose(stateFamilies(catalogue, fullState()), format));
    const heads = parts.text.match(/^# TYPE .*$/gm) ?? [];
    assert.equal(new Set(heads).size, heads.length);
  }
});

/** The states on the way from some servers to others: one server after another comes, changes or goes. */
function steps(from: readonly ServerState[], to: readonly ServerState[]): (readonly ServerState[])[] {
  const names = new Set([...from, ...to].map(({ name }) => name));
  const all = [from];
  for (const name of names) {
    const next = to.filter((server) => server.name === name);
    all.push([...(all.at(-1) ?? []).filter((server) => server.name !== name), ...next]);
  }
  return all;
}

test('however servers come, change and go, the parts that are remembered make the page of now', () => {
  fc.assert(
    fc.property(anyServers, anyServers, anyExpected, (from, to, expected) => {
      const render = createPartRenderer(catalogue, 'text');
      let state: State = { servers: [], links: [] };
      for (const servers of steps(from, to)) {
        state = { servers, links: keepLinks(state.links, assessLinks(servers, expected)) };
        assertSame(render(state), expose(stateFamilies(catalogue, stateOf(servers, expected)), 'text'));
      }
    }),
    { numRuns: 150 },
  );
});

/** Two pairs, each with a link of its own. */
function pairs(): readonly ServerState[] {
  return ['one', 'two'].flatMap((name) => {
    const at = { link: `DAG_${name}`, managedInstance: `mi-${name}`, sqlHost: `sql-${name}.example` };
    const serverName = `mi-${name}.0123abcd.database.windows.net`;
    return [
      polledServer(`sql-${name}`, 'sql_server', { links: [at], facts: { serverName: `SQL-${name}` } }),
      polledServer(`mi-${name}`, 'managed_instance', { links: [{ ...at, role: 'SECONDARY' }], facts: { serverName } }),
    ];
  });
}

test('only the part that has changed is rendered again', () => {
  const rendered: string[] = [];
  const watched = family({
    name: 'milink_watched',
    help: 'Counts.',
    type: 'gauge',
    labels: ['server'],
    source: 'test',
    samples: ({ servers }) => {
      rendered.push(servers.map(({ name }) => name).join(' '));
      return servers.map(({ name }) => ({ labels: { server: name }, value: 1 }));
    },
  });
  const render = createPartRenderer([watched], 'text');
  const [first, ...others] = pairs();
  assert.ok(first);
  const state = stateOf([first, ...others]);
  render(state);
  assert.deepEqual(rendered.splice(0), ['sql-one mi-one', 'sql-two mi-two']);
  const servers = [{ ...first, polls: 2 }, ...others];
  render({ servers, links: keepLinks(state.links, assessLinks(servers, [])) });
  assert.deepEqual(rendered, ['sql-one mi-one']);
});

test('a link that says the same is the same object, another one is not', () => {
  const servers = pairs();
  const links = assessLinks(servers, []);
  assert.deepEqual(
    keepLinks(links, assessLinks(servers, [])).map((link, index) => link === links[index]),
    [true, true],
  );
  const [, ...others] = servers;
  const after = keepLinks(links, assessLinks(others, []));
  assert.deepEqual(
    after.map((link) => links.includes(link)),
    [false, true],
  );
});

test('parts are what links join: a server with two links joins both', () => {
  const hub = polledServer('hub', 'sql_server', {
    links: ['one', 'two'].map((name) => ({ link: `DAG_${name}`, managedInstance: `mi-${name}` })),
  });
  const parts = partsOf(stateOf([hub, ...pairs().filter(({ name }) => name.startsWith('mi-'))]));
  assert.deepEqual(
    parts.map(({ servers, links }) => [servers.length, links.length]),
    [[3, 2]],
  );
  const apart = partsOf(stateOf(pairs()));
  assert.deepEqual(
    apart.map(({ servers, links }) => [servers.length, links.length]),
    [
      [2, 1],
      [2, 1],
    ],
  );
  assert.equal(new Set(apart.map(({ key }) => key)).size, 2);
});
