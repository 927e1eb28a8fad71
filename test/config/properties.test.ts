import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { stringify } from 'yaml';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError, formatProblems } from '../../src/config/value/problem.ts';
import { fc } from '../fuzz/property.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Neither the marker nor its halves are part of any key, file name or message. */
const marker = 'Zq7xKw9v';

/** What a user may see of a configuration that is refused; null of one that is accepted. */
async function refusal(path: string, env = {}): Promise<string | null> {
  try {
    await loadConfig(path, { env });
    return null;
  } catch (error) {
    assert.ok(error instanceof ConfigError, inspect(error));
    assert.ok(error.problems.length > 0);
    for (const { message } of error.problems) assert.match(message, /^[^\n]+$/);
    assert.equal(formatProblems(error.problems).split('\n').length, error.problems.length);
    return inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error);
  }
}

const tokens = [
  ...[
    'servers',
    'links',
    'poll_interval',
    'name',
    'host',
    'port',
    'authentication',
    'tls',
    'mode',
    'type',
    'databases',
  ],
  ...[
    'password_file',
    'password_env',
    'ca_file',
    'link',
    'managed_instance',
    'sql_login',
    '15s',
    '1433',
    'off',
    'true',
  ],
  ...[
    ': ',
    ':',
    ' ',
    '  ',
    '\n',
    '\n  ',
    '\n  - ',
    '\n    ',
    '- ',
    '? ',
    '{',
    '}',
    '[',
    ']',
    ', ',
    '"',
    "'",
    '\\',
    '\t',
    '\r',
  ],
  ...[
    '&a ',
    '*a',
    '!t ',
    '!!str ',
    '<<: ',
    '|\n',
    '>-\n',
    '%YAML 1.1\n',
    '---\n',
    '...\n',
    '#',
    '@',
    '`',
    '~',
    '\0',
    '\ufeff',
  ],
  ...['1e999', '.nan', '0x1F', '__proto__', 'constructor', 'prototype', 'toString', '.', '/', '\ud800', '𝕏'],
];

test('any text gives a configuration or a ConfigError', async (t) => {
  const path = join(await temporaryFolder(t), 'milink.yaml');
  const text = fc.array(fc.oneof(fc.constantFrom(...tokens), fc.string({ maxLength: 4 })), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(text, async (parts) => {
      await writeFile(path, parts.join(''));
      await refusal(path);
    }),
    { numRuns: 600 },
  );
});

test('any YAML value gives a configuration or a ConfigError', async (t) => {
  const path = join(await temporaryFolder(t), 'milink.yaml');
  const key = fc.oneof(fc.constantFrom(...tokens.slice(0, 15)), fc.string({ maxLength: 5 }));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(...tokens),
      fc.oneof(fc.double(), fc.boolean(), fc.constant(null), fc.string()),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 6 }),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(fc.dictionary(key, tree, { maxKeys: 6 }), async (value) => {
      await writeFile(path, stringify(value));
      await refusal(path);
    }),
    { numRuns: 400 },
  );
});

interface Base {
  [key: string]: unknown;
}

/** A correct configuration as data, with every key that holds a text. */
function baseConfig(): Base {
  return {
    poll_interval: '15s',
    poll_timeout: '10s',
    servers: [
      {
        name: 'sql-prod',
        host: 'sql01.corp.example',
        authentication: { type: 'sql_login', username: 'milink', password_file: 'password' },
        tls: { mode: 'encrypt', server_name: 'sql01' },
      },
      {
        name: 'mi-prod',
        host: 'mi-prod.example',
        authentication: { type: 'sql_login', username: 'milink', password_env: 'PASSWORD' },
        tls: { mode: 'encrypt', ca_file: 'ca.pem' },
      },
    ],
    links: [{ link: 'DAG', managed_instance: 'mi-prod', servers: ['sql-prod'], databases: ['Sales'] }],
  };
}

type Position = readonly (string | number)[];

/** The way to every text (or, with `mappings`, to every mapping) in a value. */
function positions(value: unknown, mappings: boolean, way: Position = []): Position[] {
  if (typeof value !== 'object' || value === null) return mappings ? [] : [way];
  const own: Position[] = mappings && !Array.isArray(value) ? [way] : [];
  return own.concat(
    Object.entries(value).flatMap(([key, part]) =>
      positions(part, mappings, [...way, Array.isArray(value) ? Number(key) : key]),
    ),
  );
}

/** A copy of the base with `change` applied to what is at `position`. */
function withChange(position: Position, change: (old: unknown) => unknown): Base {
  const step = (value: unknown, [first, ...rest]: Position): unknown => {
    if (first === undefined) return change(value);
    if (Array.isArray(value)) return value.map((item, index) => (index === first ? step(item, rest) : item));
    return Object.fromEntries(
      Object.entries(value as Base).map(([key, part]) => [key, key === first ? step(part, rest) : part]),
    );
  };
  return step(baseConfig(), position) as Base;
}

/** Problems of other kinds, so that the whole report is made whatever the change did. */
const otherProblem = { unknown_key: 1 };

/** How a secret comes into a place where any text stands: pasted with its connection string. */
const pasted = [
  `Server=sql01;User Id=sa;Password=${marker}`,
  `sqlserver://sa:${marker}@sql01:1433`,
  `password: ${marker}`,
  `sa@${marker}`,
];

test('no pasted secret is shown, wherever a text stands', async (t) => {
  const path = join(await temporaryFolder(t), 'milink.yaml');
  for (const position of positions(baseConfig(), false)) {
    for (const text of pasted) {
      await writeFile(path, stringify({ ...withChange(position, () => text), ...otherProblem }));
      const shown = await refusal(path, { PASSWORD: 'x' });
      assert.ok(shown !== null && !shown.includes(marker), `${position.join('.')}: ${text}: ${shown}`);
    }
  }
});

test('no bare secret is shown in the places where a password is given', async (t) => {
  const path = join(await temporaryFolder(t), 'milink.yaml');
  const values = [marker, `$${marker}`, `/${marker}`, [marker], { [`${marker}!`]: marker }, { value: marker }];
  for (const position of positions(baseConfig(), false)) {
    if (!/password_|username|type/.test(String(position.at(-1)))) continue;
    if (position.at(-1) === 'type') continue;
    for (const value of values) {
      await writeFile(path, stringify({ ...withChange(position, () => value), ...otherProblem }));
      const shown = await refusal(path);
      assert.ok(shown !== null && !shown.includes(marker), `${position.join('.')}: ${shown}`);
    }
  }
});

test('no bare secret is shown under an unknown key or in the place of a mapping', async (t) => {
  const path = join(await temporaryFolder(t), 'milink.yaml');
  const keys = ['password', 'Password', 'pwd', 'pasword', 'secret', 'connection_string', `password ${marker}`];
  const changes = [
    ...keys.map((key) => (old: unknown) => ({ ...(old as Base), [key]: marker })),
    ...keys.map((key) => (old: unknown) => ({ ...(old as Base), [key]: { [marker]: [marker] } })),
    (old: unknown) => ({ ...(old as Base), [`password${marker}`]: null }),
    () => marker,
    () => [marker],
    () => 71836492,
  ];
  for (const position of positions(baseConfig(), true)) {
    for (const change of changes) {
      await writeFile(path, stringify(withChange(position, change)));
      const shown = await refusal(path);
      assert.ok(shown !== null && !/Zq7xKw9v|71836492/.test(shown), `${position.join('.')}: ${shown}`);
    }
  }
});

test('no secret of a file or of the environment is shown, nor kept in sight in what is loaded', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'milink.yaml');
  const { servers, ...rest } = baseConfig();
  const withoutAuthorities = stringify({ ...rest, servers }).replace(/\n *ca_file: .*/, '');
  const contents = [marker, `${marker}\n`, `${marker}\0`, Buffer.from(`${marker}\xff`, 'latin1'), marker.repeat(9000)];
  for (const content of contents) {
    await writeFile(join(folder, 'password'), content);
    for (const extra of ['', '\nunknown_key: 1\n']) {
      await writeFile(path, withoutAuthorities + extra);
      const shown = await refusal(path, { PASSWORD: marker });
      assert.ok(shown === null || !shown.includes(marker), String(shown));
    }
  }
  await writeFile(path, withoutAuthorities);
  await writeFile(join(folder, 'password'), marker);
  const loaded = await loadConfig(path, { env: { PASSWORD: marker } });
  assert.doesNotMatch(inspect(loaded, { depth: 20, showHidden: true }) + JSON.stringify(loaded), /Zq7xKw9v/);
});

test('no secret is shown when a slip of the pen makes something else of its line', async (t) => {
  const path = join(await temporaryFolder(t), 'milink.yaml');
  const lines = ['servers:', '  - name: sql', '    host: h', '    authentication:', '      type: sql_login'];
  const text = [...lines, `      password: "${marker}"`, '      username: u', 'links: []', ''].join('\n');
  const slip = fc.record({
    at: fc.nat(text.length - 1),
    removed: fc.constantFrom(0, 1),
    inserted: fc.constantFrom('', ...' :"\'-{}[]&*!|>%@`#,?\t\n\\~'),
  });
  await fc.assert(
    fc.asyncProperty(slip, async ({ at, removed, inserted }) => {
      await writeFile(path, text.slice(0, at) + inserted + text.slice(at + removed));
      const shown = await refusal(path);
      assert.ok(shown !== null && !shown.includes(marker), `${text.slice(0, at)}${inserted}: ${shown}`);
    }),
    { numRuns: 700 },
  );
});
