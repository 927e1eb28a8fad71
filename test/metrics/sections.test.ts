import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { createAssessor } from '../../src/link/assessor.ts';
import { catalogue } from '../../src/metrics/catalogue.ts';
import { expose, type Format } from '../../src/metrics/exposition.ts';
import { type Family, family, type State } from '../../src/metrics/family.ts';
import { gzipMember } from '../../src/metrics/gzip-member.ts';
import { stateFamilies } from '../../src/metrics/page.ts';
import { createBodies } from '../../src/metrics/page-body.ts';
import { createSectionRenderer, divide } from '../../src/metrics/sections.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { atOnce } from '../../src/steps/steps.ts';
import { fc, fuzzRuns } from '../fuzz/property.ts';
import { anyExpected, anyServers } from '../link/arbitrary.ts';
import { pairs } from '../link/pairs.ts';
import { fullState } from './rows.ts';
import { stateOf } from './series.ts';

const formats: readonly Format[] = ['text', 'openmetrics'];

interface Rendered {
  readonly text: string;
  readonly unpacked: () => Promise<string>;
  readonly rendered: number;
}

/** Renders one state after another, and what is remembered of each with it. */
function renderer(families: readonly Family[], format: Format): (state: State) => Rendered {
  const divided = divide(families);
  const sections = createSectionRenderer(divided);
  const bodyOf = createBodies(divided, format);
  return (state) => {
    const made = atOnce(sections.render(state));
    const body = bodyOf(made.sections);
    const unpacked = async (): Promise<string> =>
      gunzipSync(Buffer.concat(gzipMember(await body.deflated(), Buffer.alloc(0)))).toString();
    return { text: Buffer.concat(atOnce(body.plain())).toString(), unpacked, rendered: made.rendered };
  };
}

/** The lines of all families, in any order: that of sections is another than that of the whole. */
function assertSame(text: string, state: State, format: Format): void {
  const whole = expose(stateFamilies(catalogue, state), format).text;
  assert.deepEqual(text.split('\n').sort(), whole.split('\n').sort());
}

/** Every line is below the head of its family. */
function assertInOrder(text: string): void {
  let name = '';
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const head = /^# (?:TYPE|HELP|UNIT) (\S+)/.exec(line)?.[1];
    if (head === undefined) assert.ok(line.startsWith(name), `${line} is below the head of ${name}`);
    else name = head;
  }
  const heads = text.match(/^# TYPE .*$/gm) ?? [];
  assert.equal(new Set(heads).size, heads.length);
}

test('what is rendered in sections is what is rendered whole, each family once', async () => {
  for (const format of formats) {
    const { text, unpacked } = renderer(catalogue, format)(fullState());
    assertSame(text, fullState(), format);
    assertInOrder(text);
    assert.equal(await unpacked(), text);
  }
});

test('families of which one is larger than a piece are in order, and packed are the same', async () => {
  const render = renderer(catalogue, 'text');
  let servers = pairs(60);
  for (const round of [0, 1, 2]) {
    servers = servers.map((server, index) => (index % 7 === round ? { ...server, polls: round + 5 } : server));
    const state = stateOf(servers);
    const { text, unpacked } = render(state);
    assertSame(text, state, 'text');
    assertInOrder(text);
    assert.equal(await unpacked(), text);
  }
});

test('what says the same after a poll is not compressed again, however large the page is', async () => {
  const divided = divide(catalogue);
  const sections = createSectionRenderer(divided);
  const bodyOf = createBodies(divided, 'text');
  const blocksOf = async (servers: readonly ServerState[]): Promise<readonly Buffer[]> =>
    (await bodyOf(atOnce(sections.render(stateOf(servers))).sections).deflated()).blocks;
  const servers = pairs(60);
  const before = new Set(await blocksOf(servers));
  const same = await blocksOf(servers.map((server) => structuredClone(server)));
  assert.ok(same.every((block) => before.has(block)));
  const other = await blocksOf(servers.map((server) => ({ ...structuredClone(server), polls: server.polls + 1 })));
  assert.equal(other.filter((block) => !before.has(block)).length, 1, 'one family, in the piece that it is in');
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

test('however servers come, change and go, the sections that are remembered make the page of now', () => {
  fc.assert(
    fc.property(anyServers, anyServers, anyExpected, (from, to, expected) => {
      const render = renderer(catalogue, 'text');
      const assessor = createAssessor();
      for (const servers of steps(from, to)) {
        const { links } = atOnce(assessor.assess({ servers, expected, azure: null }));
        assertSame(render({ servers, links }).text, stateOf(servers, expected), 'text');
      }
    }),
    { numRuns: fuzzRuns(150) },
  );
});

test('what is made of the same as before is not made again, and what is made of something else is', () => {
  let made = 0;
  const watched = family({
    name: 'milink_watched',
    help: 'Counts.',
    type: 'gauge',
    labels: ['server'],
    source: 'test',
    basis: ({ servers }) => servers.flatMap(({ name, logins }) => [name, logins]),
    samples: ({ servers }) => {
      made += 1;
      return servers.map(({ name, logins }) => ({ labels: { server: name }, value: logins }));
    },
  });
  const render = renderer([watched], 'text');
  const [server] = pairs(1);
  assert.ok(server);
  const first = render({ servers: [server], links: [] });
  const second = render({ servers: [{ ...server, polls: 7 }], links: [] });
  assert.deepEqual([made, second.rendered, second.text], [1, 1, first.text]);
  const third = render({ servers: [{ ...server, polls: 8, logins: 9 }], links: [] });
  assert.equal(made, 2);
  assert.match(third.text, /^milink_watched\{server="[^"]+"\} 9$/m);
});

test('a poll that changes no state of a database has few families written again', () => {
  const divided = divide(catalogue);
  const sections = createSectionRenderer(divided);
  const servers = pairs(1);
  const marksOf = (all: readonly ServerState[]): ReadonlySet<unknown> => {
    const { link } = atOnce(sections.render(stateOf(all))).sections;
    return new Set(link.flatMap(({ bases }) => bases.filter((basis) => basis !== null)));
  };
  const before = marksOf(servers);
  assert.ok(before.size > 20, `${before.size} families say what they are made of`);
  const after = marksOf(servers.map((server) => ({ ...structuredClone(server), polls: server.polls + 1 })));
  assert.deepEqual(
    [...after].filter((basis) => !before.has(basis)),
    [],
  );
});

test('only what is about a server that was polled is rendered again', () => {
  const asked: string[] = [];
  const watched = family({
    name: 'milink_watched',
    help: 'Counts.',
    type: 'gauge',
    labels: ['server'],
    source: 'test',
    samples: ({ servers }) => {
      asked.push(servers.map(({ name }) => name).join(' '));
      return servers.map(({ name }) => ({ labels: { server: name }, value: 1 }));
    },
  });
  const render = renderer([watched], 'text');
  const assessor = createAssessor();
  const [first, ...others] = pairs(3);
  assert.ok(first);
  const stateAfter = (servers: readonly ServerState[]): State => ({
    servers,
    links: atOnce(assessor.assess({ servers, expected: [], azure: null })).links,
  });
  assert.equal(render(stateAfter([first, ...others])).rendered, 6 + 3);
  assert.equal(asked.splice(0).length, 6);
  // Its own section, and that of its link.
  assert.equal(render(stateAfter([{ ...first, polls: 2 }, ...others])).rendered, 2);
  assert.deepEqual(asked, [first.name]);
});
