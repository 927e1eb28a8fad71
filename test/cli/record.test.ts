import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeConfigFiles } from '../../src/cli/simulate/config-file.ts';
import { replayConfig } from '../../src/cli/simulate/simulate.ts';
import { parseRecording, RecordingError } from '../../src/simulator/replay/recording.ts';
import { startReplay } from '../../src/simulator/replay/start-replay.ts';
import { runHere } from './fake-terminal.ts';
import { password, simulatedLinks } from './simulated-links.ts';

const login = { username: 'milink', password };

interface Seen {
  readonly links: readonly { verdict: string; findings: readonly { finding: string }[] }[];
  readonly servers: readonly { failed_views: unknown; unreadable_columns?: unknown }[];
}

/** What is judged, without names. */
async function judged(configFlag: string) {
  const { out } = await runHere(['check', configFlag, '--json']);
  const { links, servers } = JSON.parse(out) as Seen;
  return {
    links: links.map(({ verdict, findings }) => [verdict, findings.map(({ finding }) => finding).toSorted()]),
    servers: servers.map(({ failed_views, unreadable_columns }) => [failed_views, unreadable_columns]),
  };
}

for (const scenario of ['healthy', 'disconnected', 'seeding'] as const) {
  test(`what a server returned is written without its names, and played back it is judged as before: ${scenario}`, async (context) => {
    const simulated = await simulatedLinks(context, { scenario });
    const servers = ['sql-prod-01', 'mi-prod'];
    const { code, out, error } = await runHere([
      'record',
      simulated.configFlag,
      ...servers.map((name) => `--for=${name}`),
    ]);
    assert.deepEqual([code, error], [0, '']);
    for (const name of [...servers, 'Sales', 'DAG_Sales', 'mi-prod.', 'AG_Sales', password]) {
      assert.ok(!out.includes(name), `${name} is told`);
    }
    const replay = await startReplay(parseRecording(out), { login, places: [] });
    context.after(() => replay.close());
    const path = join(simulated.folder, 'replayed.yaml');
    await writeConfigFiles(
      new Map([['simulator.config-file', [path]]]),
      { login, environment: {} },
      {
        certificateAuthority: replay.certificateAuthority,
        config: (files) => replayConfig(replay, login.username, files),
      },
    );
    const before = await judged(simulated.configFlag);
    const after = await judged(`--config.file=${path}`);
    assert.deepEqual(after, before);
  });
}

/** The file as a server of another version would have made it. */
function altered(out: string): string {
  const recording = JSON.parse(out);
  for (const { views } of recording.servers) {
    for (const view of views) {
      if (view.view !== 'database_replica_states' && view.view !== 'certificates') continue;
      const gone = view.view === 'certificates' ? 'start_date' : 'redo_rate';
      const at = view.columns.findIndex(({ name }: { name: string }) => name === gone);
      view.columns.splice(at, 1);
      view.declared = view.declared.filter(({ name }: { name: string }) => name !== gone);
      for (const row of view.rows) row.splice(at, 1);
    }
  }
  return JSON.stringify(recording);
}

test('a server without two columns refuses the statements, and everything else of it is read', async (context) => {
  const simulated = await simulatedLinks(context);
  const { out } = await runHere(['record', simulated.configFlag, '--for=sql-prod-01', '--for=mi-prod']);
  const replay = await startReplay(parseRecording(altered(out)), { login, places: [] });
  context.after(() => replay.close());
  const path = join(simulated.folder, 'altered.yaml');
  await writeConfigFiles(
    new Map([['simulator.config-file', [path]]]),
    { login, environment: {} },
    {
      certificateAuthority: replay.certificateAuthority,
      config: (files) => replayConfig(replay, login.username, files),
    },
  );
  const { links, servers } = await judged(`--config.file=${path}`);
  assert.deepEqual(links, [['healthy', []]]);
  const lost = [
    {
      view: 'certificates',
      text: 'start_date: the server does not have this column, and what is made from it is absent',
    },
    {
      view: 'database_replica_states',
      text: 'redo_rate: the server does not have this column, and what is made from it is absent',
    },
  ];
  assert.deepEqual(servers, [
    [[], lost],
    [[], lost],
  ]);
  const { out: screen } = await runHere(['check', `--config.file=${path}`]);
  assert.match(screen, /column not read: certificates\.start_date/);
  assert.match(screen, /milink-exporter record --for=recorded-1/);
});

test('two files, one of each end and each made for itself, are the two ends of one link; a second time they are the same', async (context) => {
  const simulated = await simulatedLinks(context);
  const recordOf = async (name: string): Promise<string> =>
    (await runHere(['record', simulated.configFlag, `--for=${name}`])).out;
  const files = [await recordOf('mi-prod'), await recordOf('sql-prod-01')];
  const named = (out: string): readonly string[] => [...new Set(out.match(/\bn[0-9a-z]{8}\b/g))].toSorted();
  assert.deepEqual(named(await recordOf('mi-prod')), named(files[0] ?? ''));
  const replay = await startReplay(files.flatMap(parseRecording), { login, places: [] });
  context.after(() => replay.close());
  const path = join(simulated.folder, 'two.yaml');
  await writeConfigFiles(
    new Map([['simulator.config-file', [path]]]),
    { login, environment: {} },
    {
      certificateAuthority: replay.certificateAuthority,
      config: (each) => replayConfig(replay, login.username, each),
    },
  );
  const { links } = await judged(`--config.file=${path}`);
  assert.deepEqual(links, [['healthy', []]]);
});

for (const [what, change, words] of [
  ['cut in half', (out: string) => out.slice(0, out.length / 2), /no JSON, or only a part of the file/],
  ['of a newer version', (out: string) => out.replace('recording 1"', 'recording 2"'), /use the version that wrote it/],
  [
    'with a text for a number',
    (out: string) => out.replace(/^( +)(\d+),?$/m, '$1"many",'),
    /views\[\d+\]\.rows\[0\]\[\d+\], \w+ is "many", and no value of/,
  ],
  ['with a value less', (out: string) => out.replace(/^ +null,\n/m, ''), /rows\[0\] has \d+ values for \d+ columns/],
  ['with rows that are none', (out: string) => out.replace(/"rows": \[\n/, '"rows": [ 7,\n'), /rows\[0\] is no list/],
  ['with no version', (out: string) => out.replace(/"version": "[^"]*"/, '"version": 7'), /servers\[0\]\.version is 7/],
] as const) {
  test(`a recording ${what} is refused, with the place`, async (context) => {
    const simulated = await simulatedLinks(context);
    const { out } = await runHere(['record', simulated.configFlag, '--for=sql-prod-01']);
    const file = join(simulated.folder, 'broken.json');
    assert.notEqual(change(out), out);
    await writeFile(file, change(out));
    const { code, error } = await runHere(['simulate', `--replay=${file}`]);
    assert.equal(code, 1);
    assert.match(error, words);
    assert.ok(error.length < 600, error);
  });
}

test('a file that is no recording is refused, with where and what to do', async (context) => {
  assert.throws(() => parseRecording('{'), RecordingError);
  assert.throws(() => parseRecording('{"format":"milink-exporter recording 1","servers":[{}]}'), /servers\[0\]\.views/);
  const { folder } = await simulatedLinks(context);
  const file = join(folder, 'other.json');
  await writeFile(file, '{"format":"other"}');
  const { code, error } = await runHere(['simulate', `--replay=${file}`]);
  assert.equal(code, 1);
  assert.match(error, /write the file with `milink-exporter record`/);
});

test('a server that is not configured is no server to record', async (context) => {
  const { configFlag } = await simulatedLinks(context);
  for (const flags of [[], ['--for=mi-prd']]) {
    const { code, error } = await runHere(['record', configFlag, ...flags]);
    assert.equal(code, 2);
    assert.match(error, /sql-prod-01/);
  }
});
