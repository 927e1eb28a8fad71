import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { mutateBytes } from './mutate-bytes.ts';
import { pageFault } from './page-fault.ts';
import { randomOf } from './random.ts';
import { runFuzz } from './run-fuzz.ts';

test('odd servers, requests and files end nothing, and none is told as a defect of this program', async () => {
  const report = await runFuzz({ seed: 20_261_128, seconds: 10, hasProperties: false });
  const text = inspect(report, { depth: null });
  assert.equal(report.death, null, text);
  assert.deepEqual(report.defects, [], text);
  assert.ok(report.slowestHealthSeconds < 60, text);
  assert.ok(report.peakMebibytes < 768, text);
  // It did something: all kinds of input, and not only such that are refused at once.
  assert.ok(report.connections > 0 && report.requests > 0 && report.configurations > 0 && report.pages > 0, text);
  assert.ok((report.outcomes.protocol ?? 0) > 0, text);
});

test('a seed gives the same input each time', () => {
  const bytes = Buffer.from('the same bytes each time, more than a header of them');
  const made = (index: number): string => Buffer.from(mutateBytes(bytes, randomOf(7, index))).toString('hex');
  for (let index = 0; index < 100; index += 1) assert.equal(made(index), made(index));
  assert.ok(new Set(Array.from({ length: 100 }, (_, index) => made(index))).size > 90);
});

test('a line that is no series, and one that is there twice, are told of a page; one in good order is not', () => {
  const good = '# HELP a b\n# TYPE a gauge\na{b="c\\\\d\\"e\\nf",g=""} 1\na{b="x"} -1.5e-7\nb +Inf\nc NaN\n# EOF\n';
  assert.equal(pageFault(good), null);
  for (const line of ['a{b="c"d"} 1', 'a{b="\\x"} 1', 'a{b="c"} 1,5', 'a 1 2 3', 'A 1', 'c NaN']) {
    assert.match(pageFault(`${good}${line}\n`) ?? '', /^no series|^twice/, line);
  }
});
