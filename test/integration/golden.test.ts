import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { type Clock, systemClock } from '../../src/poll/time/clock.ts';
import { startReferenceParser } from '../metrics/reference-parser.ts';
import { goldenCases } from './golden-cases.ts';
import { formats, maskPage } from './golden-mask.ts';
import { startHarness, worldMilliseconds } from './harness.ts';

/** `npm run test:update` writes the pages anew: the diff is what a reviewer reads. */
const isUpdate = process.env.UPDATE_GOLDENS === '1';
const folder = join(import.meta.dirname, '../golden');
const parser = startReferenceParser();
after(parser.stop);

/** Stands still at the world's time: every duration is 0 and every poll ends at the same instant. */
const frozenClock: Clock = {
  ...systemClock,
  nowSeconds: () => worldMilliseconds / 1000,
  monotonicSeconds: () => 0,
};

// An hour between polls: each server is polled once.
const onePoll = { clock: frozenClock, pollIntervalSeconds: 3600, pollTimeoutSeconds: 20 };

describe('the page of', { concurrency: 4 }, () => {
  for (const { name, options, isSeen = () => true } of goldenCases) {
    it(`${name} is the one that is kept`, async (context) => {
      const harness = await startHarness(context, { ...onePoll, ...options(context) });
      await harness.until('a poll of each server', ({ servers }) =>
        servers.every((server) => server.polls === 1 && isSeen(server)),
      );
      for (const { accept, extension } of formats) {
        const page = maskPage(await harness.scrape(accept));
        const path = join(folder, `${name}.${extension}`);
        if (isUpdate) writeFileSync(path, page);
        assert.ok(existsSync(path), `there is no ${path}: npm run test:update writes it`);
        assert.equal(page, readFileSync(path, 'utf8'), `${path} differs: npm run test:update, then read the diff`);
      }
    });
  }
});

describe('every golden page', () => {
  for (const { name } of goldenCases) {
    it(`${name} is accepted by the reference parsers, with the same series in both formats`, async () => {
      const [text, openmetrics] = await Promise.all(
        formats.map(async ({ format, extension }) => {
          const families = await parser.parse(readFileSync(join(folder, `${name}.${extension}`), 'utf8'), format);
          const samples = families.flatMap((family) => family.samples.filter(({ name }) => !/_page_/.test(name)));
          return samples.map((sample) => JSON.stringify(sample)).sort();
        }),
      );
      assert.deepEqual(text, openmetrics);
    });

    it(`${name} is clean to promtool`, () => {
      const input = readFileSync(join(folder, `${name}.prom`));
      const { status, stdout, stderr, error } = spawnSync('promtool', ['check', 'metrics'], {
        input,
        encoding: 'utf8',
      });
      assert.equal(error, undefined, 'promtool is in the Debian package prometheus');
      assert.equal(`${stdout}${stderr}`, '');
      assert.equal(status, 0);
    });
  }

  it('has a case that makes it', () => {
    const expected = goldenCases.flatMap(({ name }) => formats.map(({ extension }) => `${name}.${extension}`));
    assert.deepEqual(readdirSync(folder).sort(), expected.sort());
  });
});
