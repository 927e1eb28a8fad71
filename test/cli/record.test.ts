import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { replayConfig } from '../../src/cli/replay.ts';
import { writeConfigFiles } from '../../src/cli/simulator-config.ts';
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
