import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { catalogue } from '../../src/metrics/catalogue.ts';
import { createExporterMetrics, type ExporterMetrics } from '../../src/metrics/exporter-metrics.ts';
import type { Format } from '../../src/metrics/exposition.ts';
import { type Family, family, type State } from '../../src/metrics/family.ts';
import { createPage, type MetricsPage, type PageRequest } from '../../src/metrics/page.ts';
import { pendingServer } from '../link/server-state.ts';
import { type ReferenceParser, startReferenceParser } from './reference-parser.ts';
import { fullState } from './rows.ts';
import { stateOf } from './series.ts';

const build = { version: '0.1.0', revision: 'abc', nodeVersion: 'v24.0.0' };
const accepts: Readonly<Record<Format, string>> = { text: 'text/plain', openmetrics: 'application/openmetrics-text' };

const noFamilies: readonly Family[] = [];

interface Watched {
  readonly page: MetricsPage;
  readonly metrics: ExporterMetrics;
  readonly change: (state: State) => void;
  /** How often a family was asked for its samples. */
  readonly reads: () => number;
}

function watchedPage(families?: readonly Family[]): Watched {
  let state = fullState();
  let reads = 0;
  const metrics = createExporterMetrics(build);
  const counting = family({
    name: 'milink_watched',
    help: 'Counts.',
    type: 'gauge',
    labels: ['servers'],
    source: 'test',
    samples: ({ servers }) => {
      reads += 1;
      return [{ labels: { servers: String(servers.length) }, value: 1 }];
    },
  });
  const shown = families ?? [counting];
  const page = createPage({ readState: () => state, metrics, readFamilies: () => shown });
  return {
    page,
    metrics,
    change: (next) => {
      state = next;
    },
    reads: () => reads,
  };
}

async function textOf(page: MetricsPage, request: PageRequest = {}): Promise<string> {
  const { body: parts, contentEncoding } = await page.answer(request);
  const body = Buffer.concat(parts);
  return (contentEncoding === 'gzip' ? gunzipSync(body) : body).toString();
}

test('the page says which shard of how many it is, 0 of 1 without shards', async () => {
  const state = fullState();
  const pageOf = (metrics: ExporterMetrics): MetricsPage =>
    createPage({ readState: () => state, metrics, readFamilies: () => noFamilies });
  const alone = await textOf(pageOf(createExporterMetrics(build)));
  assert.match(alone, /^milink_exporter_shard_ordinal\{shard_ordinal="0"\} 0$/m);
  assert.match(alone, /^milink_exporter_total_shards 1$/m);
  const third = await textOf(pageOf(createExporterMetrics(build, { ordinal: 2, total: 5 })));
  assert.match(third, /^milink_exporter_shard_ordinal\{shard_ordinal="2"\} 2$/m);
  assert.match(third, /^milink_exporter_total_shards 5$/m);
});

test('the state part is rendered once per change, however many scrapes there are', async () => {
  const { page, change, reads } = watchedPage();
  for (const acceptEncoding of ['gzip', undefined, 'gzip']) await page.answer({ acceptEncoding });
  assert.equal(reads(), 1);
  await Promise.all([1, 2, 3].map(() => page.answer({ accept: accepts.openmetrics, acceptEncoding: 'gzip' })));
  assert.equal(reads(), 1, 'the lines are the same in both formats');
  change(stateOf([]));
  assert.equal(reads(), 1);
  assert.match(await textOf(page, { acceptEncoding: 'gzip' }), /^milink_watched\{servers="0"\} 1$/m);
  assert.match(await textOf(page), /^milink_watched\{servers="0"\} 1$/m);
  assert.equal(reads(), 2);
});

test('a change is rendered ahead of the scrape, in the formats that scrapes asked for', async () => {
  const { page, change, reads } = watchedPage();
  await page.prepare();
  assert.equal(reads(), 0, 'nobody has asked yet');
  await page.answer({ acceptEncoding: 'gzip' });
  change(stateOf([pendingServer('one')]));
  await page.prepare();
  await page.prepare();
  assert.equal(reads(), 2);
  assert.match(await textOf(page, { acceptEncoding: 'gzip' }), /^milink_watched\{servers="1"\} 1$/m);
  assert.equal(reads(), 2);
});

test('what no scrape asks for any more is not rendered ahead for ever', async () => {
  const { page, change, reads } = watchedPage();
  await page.answer({});
  for (let round = 0; round < 50; round += 1) {
    change(stateOf([pendingServer('one'), pendingServer('two')]));
    await page.prepare();
  }
  assert.equal(reads(), 1 + 10 * 2);
  await page.answer({});
  change(stateOf([pendingServer('one')]));
  await page.prepare();
  assert.equal(reads(), 1 + 10 * 2 + 2);
});

test('a defect in rendering ahead is shown by the scrape', async () => {
  const defect = family({
    name: 'milink_defect',
    help: 'Wrong.',
    type: 'gauge',
    labels: [],
    source: 'test',
    samples: (state) => {
      if (state.links.length === 0) throw new Error('defect');
      return [];
    },
  });
  const { page, change } = watchedPage([defect]);
  await page.answer({});
  change(stateOf([]));
  await page.prepare();
  await assert.rejects(page.answer({}), { message: 'defect' });
});

test("the exporter's own metrics are those of now, whatever the state part is", async () => {
  const { page, metrics } = watchedPage();
  await page.answer({});
  metrics.requestAnswered({ handler: '/metrics', code: 200, durationSeconds: 0.004 });
  const text = await textOf(page, { acceptEncoding: 'gzip' });
  assert.match(text, /^milink_exporter_http_requests_total\{handler="\/metrics",code="200"\} 1$/m);
  assert.match(text, /^milink_exporter_http_request_duration_seconds_bucket\{handler="\/metrics",le="0.0025"\} 0$/m);
  assert.match(text, /^milink_exporter_http_request_duration_seconds_bucket\{handler="\/metrics",le="0.005"\} 1$/m);
  assert.match(text, /^milink_exporter_build_info\{version="0.1.0",revision="abc",nodeversion="v24.0.0"\} 1$/m);
  assert.match(text, /^milink_exporter_page_renders_total\{format="text"\} 1$/m);
});

test('a defect that yields one series twice or no number is dropped, and counted', async () => {
  const defect = family({
    name: 'milink_defect',
    help: 'Wrong.',
    type: 'gauge',
    labels: ['one'],
    source: 'test',
    samples: () => [1, 2, Number.NaN].map((value) => ({ labels: { one: 'a' }, value })),
  });
  const text = await textOf(watchedPage([defect]).page);
  assert.deepEqual(text.match(/^milink_defect.*$/gm), ['milink_defect{one="a"} 1']);
  assert.match(text, /^milink_exporter_page_series 1$/m);
  assert.match(text, /^milink_exporter_page_dropped_series\{reason="duplicate"\} 1$/m);
  assert.match(text, /^milink_exporter_page_dropped_series\{reason="not_finite"\} 1$/m);
});

test('the configuration has no verdict before it was loaded, and keeps the time of the last good one', async () => {
  const { page, metrics } = watchedPage();
  assert.doesNotMatch(await textOf(page), /config_last_reload/);
  metrics.configLoaded(true, 1000);
  metrics.configLoaded(false, 2000);
  const text = await textOf(page);
  assert.match(text, /^milink_exporter_config_last_reload_successful 0$/m);
  assert.match(text, /^milink_exporter_config_last_reload_success_timestamp_seconds 1000$/m);
});

test('an OpenMetrics answer does not change the names of later text answers', async () => {
  const { page } = watchedPage();
  await page.answer({ accept: accepts.openmetrics });
  assert.match(await textOf(page), /^# TYPE process_cpu_seconds_total counter$/m);
});

describe('the whole page', () => {
  const { page } = watchedPage(catalogue);
  let parser: ReferenceParser;
  before(() => {
    parser = startReferenceParser();
  });
  after(() => parser.stop());

  for (const format of ['text', 'openmetrics'] satisfies readonly Format[]) {
    test(`the reference parser accepts it in ${format}, each family once`, async () => {
      const families = await parser.parse(await textOf(page, { accept: accepts[format] }), format);
      const names = families.map(({ name }) => name);
      assert.deepEqual(names, [...new Set(names)]);
      assert.ok(names.includes('milink_link_verdict') && names.includes('process_cpu_seconds'));
      assert.ok(families.every(({ help, type }) => help !== '' && type !== 'unknown'));
    });

    test(`python3's gzip reads the joined member in ${format}`, async () => {
      const body = Buffer.concat((await page.answer({ accept: accepts[format], acceptEncoding: 'gzip' })).body);
      const script = 'import gzip, sys; sys.stdout.buffer.write(gzip.decompress(sys.stdin.buffer.read()))';
      const { status, stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', script], { input: body });
      assert.equal(status, 0, stderr.toString());
      assert.equal(stdout.compare(gunzipSync(body)), 0);
      assert.ok(stdout.toString().endsWith(format === 'text' ? '\n' : '\n# EOF\n'));
    });
  }

  test('a full state has a sample of every family', async () => {
    const text = await textOf(page);
    const absent = catalogue.filter(({ name }) => !text.includes(`\n# TYPE ${name} `)).map(({ name }) => name);
    assert.deepEqual(absent, []);
  });

  test('promtool finds nothing to object to', async () => {
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: await textOf(page) });
    assert.equal(status, 0, `${stdout}${stderr}`);
    assert.equal(`${stdout}${stderr}`, '');
  });
});
