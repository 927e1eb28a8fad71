import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { createAssessor } from '../../src/link/assessor.ts';
import { createExporterMetrics } from '../../src/metrics/exporter-metrics.ts';
import type { State } from '../../src/metrics/family.ts';
import { createPage, type PageRequest } from '../../src/metrics/page.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { atOnce } from '../../src/steps/steps.ts';
import { fc, fuzzRuns } from '../fuzz/property.ts';
import { anyCourse } from '../link/changes.ts';
import { pairs } from '../link/pairs.ts';
import { stateOf } from './series.ts';

const requests: readonly PageRequest[] = ['text/plain', 'application/openmetrics-text'].flatMap((accept) => [
  { accept },
  { accept, acceptEncoding: 'gzip' },
]);

/** Of what the exporter says of itself nothing. */
const selection = { servers: null, hasState: true, hasOwn: false };

/** A page over a state that changes, and what it answers. */
function changingPage() {
  let state: State = { servers: [], links: [] };
  const metrics = createExporterMetrics({ version: '0.1.0', revision: 'abc', nodeVersion: 'v24.0.0' });
  const page = createPage({ readState: () => state, metrics });
  const textOf = async (request: PageRequest): Promise<string> => {
    const { body, contentEncoding } = await page.answer({ ...request, selection });
    const bytes = Buffer.concat(body);
    return (contentEncoding === 'gzip' ? gunzipSync(bytes) : bytes).toString();
  };
  return {
    change: (next: State) => {
      state = next;
    },
    textOf,
    prepare: page.prepare,
  };
}

/** The page of a state by one who has seen no other, and judged no link before. */
async function wholePages({ servers, azure }: State, expected: Parameters<typeof stateOf>[1] = []) {
  const { change, textOf } = changingPage();
  change(stateOf(servers, expected, azure));
  return Promise.all(requests.map(textOf));
}

test('whatever changes, the page made in steps is byte for byte the page made whole', async () => {
  await fc.assert(
    fc.asyncProperty(anyCourse, async (course) => {
      const assessor = createAssessor();
      const { change, textOf, prepare } = changingPage();
      for (const [round, { servers, expected, azure }] of course.entries()) {
        const { links } = atOnce(assessor.assess({ servers, expected, azure }));
        const state: State = { servers, links, ...(azure === null ? {} : { azure }) };
        change(state);
        if (round % 2 === 1) await prepare();
        const pages = await Promise.all(requests.map(textOf));
        assert.deepEqual(pages, await wholePages(state, expected));
      }
    }),
    { numRuns: fuzzRuns(100) },
  );
});

test('who asks while the state changes gets the whole page of a state that was, never parts of two', async () => {
  const { change, textOf } = changingPage();
  const assessor = createAssessor();
  const asked: { readonly round: number; readonly request: number; readonly text: Promise<string> }[] = [];
  const whole: (readonly string[])[] = [];
  let servers: readonly ServerState[] = pairs(60);
  for (const round of [0, 1, 2, 3, 4, 5]) {
    servers = servers.map((server, index) => (index % 7 === round ? { ...server, polls: round + 5 } : server));
    const { links } = atOnce(assessor.assess({ servers, expected: [], azure: null }));
    change({ servers, links });
    for (const [request, each] of requests.entries()) asked.push({ round, request, text: textOf(each) });
    whole.push(await wholePages({ servers, links }));
  }
  for (const { round, request, text } of asked) {
    const got = await text;
    assert.ok(whole.slice(round).some((pages) => pages[request] === got));
  }
});
