import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { candidatesFor, hostsIn, rulesIn, systemFiles } from '../../src/resolve/system-files.ts';

const hosts = `# 10.0.0.9 sql01
10.0.0.1\tSQL01.corp.example sql01   # the primary
10.0.0.2 sql01
fe80::1%eth0 scoped
2001:db8::7 six six.
not-an-address sql01
`;

for (const [name, addresses] of [
  ['sql01', ['10.0.0.1', '10.0.0.2']],
  ['sql01.CORP.example.', ['10.0.0.1']],
  ['six', ['2001:db8::7']],
  ['scoped', ['fe80::1%eth0']],
  ['primary', []],
  ['10.0.0.1', []],
] as const) {
  test(`the hosts file on ${name}`, () => assert.deepEqual(hostsIn(hosts, name), addresses));
}

for (const [what, text, environment, rules] of [
  ['nothing', '', {}, { search: [], ndots: 1 }],
  ['domain', 'domain a.example b.example', {}, { search: ['a.example'], ndots: 1 }],
  [
    'the last of search and domain',
    'domain a.\nsearch b.example. c.example',
    {},
    { search: ['b.example', 'c.example'], ndots: 1 },
  ],
  ['a comment', '; search a\nsearch b # c', {}, { search: ['b'], ndots: 1 }],
  [
    'Kubernetes',
    'search x.svc.cluster.local svc.cluster.local\noptions ndots:5 edns0',
    {},
    { search: ['x.svc.cluster.local', 'svc.cluster.local'], ndots: 5 },
  ],
  ['more dots than there may be', 'options ndots:99', {}, { search: [], ndots: 15 }],
  [
    'the environment',
    'search a\noptions ndots:5',
    { LOCALDOMAIN: 'b c', RES_OPTIONS: 'rotate ndots:2' },
    { search: ['b', 'c'], ndots: 2 },
  ],
  ['an empty environment', 'search a', { LOCALDOMAIN: ' ', RES_OPTIONS: '' }, { search: ['a'], ndots: 1 }],
] as const) {
  test(`resolv.conf with ${what}`, () => assert.deepEqual(rulesIn(text, environment), rules));
}

for (const [name, ndots, candidates] of [
  ['sql01', 1, ['sql01.a', 'sql01.b', 'sql01']],
  ['sql01.corp', 1, ['sql01.corp', 'sql01.corp.a', 'sql01.corp.b']],
  ['sql01.corp', 5, ['sql01.corp.a', 'sql01.corp.b', 'sql01.corp']],
  ['sql01.', 5, ['sql01']],
] as const) {
  test(`${name} is asked for as glibc asks with ndots:${ndots}`, () =>
    assert.deepEqual(candidatesFor(name, { search: ['a', 'b'], ndots }), candidates));
}

test('the files are read at each question, and need not be there', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'milink-names-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const paths = { hosts: join(folder, 'hosts'), resolvConf: join(folder, 'resolv.conf') };
  const files = systemFiles(paths, {});
  assert.deepEqual([files.hosts('sql01'), files.rules()], [[], { search: [], ndots: 1 }]);
  writeFileSync(paths.hosts, '10.0.0.1 sql01\n');
  writeFileSync(paths.resolvConf, 'search corp.example\n');
  assert.deepEqual([files.hosts('sql01'), files.rules()], [['10.0.0.1'], { search: ['corp.example'], ndots: 1 }]);
});
