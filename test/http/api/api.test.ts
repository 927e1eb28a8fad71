import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkHistory } from '../../../src/cli/check/history.ts';
import { createOutput } from '../../../src/cli/check/output.ts';
import { checkUrl } from '../../../src/cli/check/url.ts';
import type { Terminal } from '../../../src/cli/command.ts';
import { defaultObjectives } from '../../../src/history/facts/link.ts';
import { createHistory } from '../../../src/history/history.ts';
import type { HealthProbe } from '../../../src/http/health-probe.ts';
import { assessLinks } from '../../../src/link/assessor.ts';
import { atOnce } from '../../../src/steps/steps.ts';
import { scenarios } from '../../check/scenarios.ts';
import { now } from '../../link/server-state.ts';
import { startService } from '../service.ts';
import { assertSchema } from './schema.ts';

const scene = 'split-brain-seen';

async function stage(context: Parameters<typeof startService>[0]) {
  const servers = scenarios[scene]?.servers ?? [];
  const state = { servers, links: assessLinks(servers, []) };
  const timeline = createHistory({ objectives: defaultObjectives });
  atOnce(timeline.look({ ...state, nowSeconds: now }));
  const service = await startService(context, { state, timeline });
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${service.url}${path}`, { headers });
  return { ...service, get };
}

const places: readonly (readonly [string, string, number])[] = [
  ['/api/v1/check', 'check', 200],
  ['/api/v1/check?link=dag_sales', 'check', 200],
  ['/api/v1/check?link=other', 'problem', 404],
  ['/api/v1/links', 'links', 200],
  ['/api/v1/links/DAG_Sales/mi-prod', 'links', 200],
  ['/api/v1/links/DAG_Sales/-', 'problem', 404],
  ['/api/v1/servers', 'servers', 200],
  ['/api/v1/history', 'history', 200],
  ['/api/v1/history?link=DAG_Sales&limit=3', 'history', 200],
  ['/api/v1/history?limit=many', 'problem', 400],
  ['/api/v1/check/screen?width=5', 'problem', 400],
];

test('every place answers what the schema says', async (context) => {
  const { get } = await stage(context);
  for (const [path, part, status] of places) {
    const response = await get(path);
    assert.equal(response.status, status, path);
    assertSchema(part, await response.json());
  }
  assert.equal((await get('/api/v1/links/%zz/mi-prod')).status, 400);
});

test('what did not change is not sent again', async (context) => {
  const { get } = await stage(context);
  const tag = (await get('/api/v1/links')).headers.get('etag') ?? '';
  assert.match(tag, /^W\/".{27}"$/);
  const again = await get('/api/v1/links', { 'If-None-Match': `"other", ${tag}` });
  assert.deepEqual([again.status, await again.text()], [304, '']);
  assert.equal((await get('/api/v1/servers', { 'If-None-Match': tag })).status, 200);
});

function terminalOf() {
  const written: string[] = [];
  const terminal: Terminal = {
    writeOut: (text: string) => written.push(text),
    writeError: () => undefined,
    screenSize: () => null,
    environment: {},
    stop: new AbortController().signal,
  } as unknown as Terminal;
  return { terminal, text: () => written.join('') };
}

const probeOf = (url: string): HealthProbe => ({
  url: new URL(url),
  timeoutSeconds: 10,
  ca: null,
  isPinned: false,
  clientCertificate: null,
  serverName: null,
  isInsecure: false,
  basicAuth: null,
});

test('check --url shows the screen of the daemon, with the old primary and the minute, and its exit code', async (context) => {
  const { url } = await stage(context);
  const { terminal, text } = terminalOf();
  const common = { probe: probeOf(url), names: [], intervalSeconds: null, stop: terminal.stop };
  assert.equal(await checkUrl({ ...common, output: createOutput(terminal, false), isJson: false }), 2);
  assert.match(
    text(),
    /sql-prod-01 was the only PRIMARY before: mi-prod was SECONDARY and became\s+PRIMARY between 2026-11-01 11:47:44 and 11:48:00 UTC/,
  );
  await assert.rejects(
    checkUrl({ ...common, names: ['other'], output: createOutput(terminal, false), isJson: false }),
    /knows no link of this name/,
  );
});

test('check --url --json and --history give what the places say', async (context) => {
  const { url } = await stage(context);
  const json = terminalOf();
  const probe = probeOf(url);
  const stop = json.terminal.stop;
  const output = createOutput(json.terminal, true);
  await checkUrl({ probe, names: [], output, isJson: true, intervalSeconds: null, stop });
  assertSchema('check', JSON.parse(json.text()));
  const screen = terminalOf();
  await checkHistory({
    from: { probe },
    names: ['DAG_Sales'],
    output: createOutput(screen.terminal, false),
    isJson: false,
  });
  assert.match(screen.text(), /the link is split brain/);
});
