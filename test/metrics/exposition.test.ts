import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type ExposedFamily, endMark, expose, type Format } from '../../src/metrics/exposition.ts';
import { fc } from '../fuzz/property.ts';
import { type ReferenceParser, startReferenceParser } from './reference-parser.ts';

const formats: readonly Format[] = ['text', 'openmetrics'];

function gauge(
  points: readonly [Record<string, string>, number][],
  family: Partial<ExposedFamily> = {},
): ExposedFamily {
  return {
    name: 'milink_test',
    help: 'A test.',
    type: 'gauge',
    labels: ['one', 'two'],
    points: points.map(([labels, value]) => ({ suffix: '', labels, value })),
    ...family,
  };
}

describe('each type in each format', () => {
  const cases: readonly { family: ExposedFamily; text: string; openmetrics: string }[] = [
    {
      family: gauge([
        [{ two: 'b', one: 'a' }, 1],
        [{ one: 'c', two: '' }, 0.5],
      ]),
      text: '# HELP milink_test A test.\n# TYPE milink_test gauge\nmilink_test{one="a",two="b"} 1\nmilink_test{one="c",two=""} 0.5\n',
      openmetrics:
        '# TYPE milink_test gauge\n# HELP milink_test A test.\nmilink_test{one="a",two="b"} 1\nmilink_test{one="c",two=""} 0.5\n',
    },
    {
      family: gauge([[{}, 1_793_534_400.25]], { name: 'milink_x_timestamp_seconds', labels: [] }),
      text: '# HELP milink_x_timestamp_seconds A test.\n# TYPE milink_x_timestamp_seconds gauge\nmilink_x_timestamp_seconds 1793534400.25\n',
      openmetrics:
        '# TYPE milink_x_timestamp_seconds gauge\n# UNIT milink_x_timestamp_seconds seconds\n# HELP milink_x_timestamp_seconds A test.\nmilink_x_timestamp_seconds 1793534400.25\n',
    },
    {
      family: gauge([[{}, 7]], { name: 'milink_x_bytes_per_second', labels: [] }),
      text: '# HELP milink_x_bytes_per_second A test.\n# TYPE milink_x_bytes_per_second gauge\nmilink_x_bytes_per_second 7\n',
      openmetrics:
        '# TYPE milink_x_bytes_per_second gauge\n# UNIT milink_x_bytes_per_second bytes_per_second\n# HELP milink_x_bytes_per_second A test.\nmilink_x_bytes_per_second 7\n',
    },
    {
      family: gauge([[{ one: 'a' }, 3]], { name: 'milink_x_seconds_total', type: 'counter', labels: ['one'] }),
      text: '# HELP milink_x_seconds_total A test.\n# TYPE milink_x_seconds_total counter\nmilink_x_seconds_total{one="a"} 3\n',
      openmetrics:
        '# TYPE milink_x_seconds counter\n# UNIT milink_x_seconds seconds\n# HELP milink_x_seconds A test.\nmilink_x_seconds_total{one="a"} 3\n',
    },
    {
      family: gauge([[{ one: 'a' }, 1]], { name: 'milink_x_info', type: 'info', labels: ['one'] }),
      text: '# HELP milink_x_info A test.\n# TYPE milink_x_info gauge\nmilink_x_info{one="a"} 1\n',
      openmetrics: '# TYPE milink_x info\n# HELP milink_x A test.\nmilink_x_info{one="a"} 1\n',
    },
    {
      family: {
        ...gauge([], { name: 'milink_h', type: 'histogram', labels: ['le'] }),
        points: [
          { suffix: '_bucket', labels: { le: '1' }, value: 2 },
          { suffix: '_bucket', labels: { le: '+Inf' }, value: 3 },
          { suffix: '_sum', labels: {}, value: 4.5 },
          { suffix: '_count', labels: {}, value: 3 },
        ],
      },
      text: '# HELP milink_h A test.\n# TYPE milink_h histogram\nmilink_h_bucket{le="1"} 2\nmilink_h_bucket{le="+Inf"} 3\nmilink_h_sum 4.5\nmilink_h_count 3\n',
      openmetrics:
        '# TYPE milink_h histogram\n# HELP milink_h A test.\nmilink_h_bucket{le="1.0"} 2\nmilink_h_bucket{le="+Inf"} 3\nmilink_h_sum 4.5\nmilink_h_count 3\n',
    },
  ];
  for (const { family, ...expected } of cases) {
    for (const format of formats) {
      test(`${family.name} in ${format}`, () => assert.equal(expose([family], format).text, expected[format]));
    }
  }
});

test('a quote in HELP is escaped in OpenMetrics only', () => {
  const family = gauge([[{}, 1]], { help: 'a "b" \\ c\nd', labels: [] });
  assert.match(expose([family], 'text').text, /^# HELP milink_test a "b" \\\\ c\\nd$/m);
  assert.match(expose([family], 'openmetrics').text, /^# HELP milink_test a \\"b\\" \\\\ c\\nd$/m);
});

test('a value that is not finite is left out and counted', () => {
  const family = gauge([
    [{ one: 'a' }, Number.NaN],
    [{ one: 'b' }, Number.POSITIVE_INFINITY],
    [{ one: 'c' }, 1],
  ]);
  const { text, ...counts } = expose([family], 'text');
  assert.deepEqual(counts, { series: 1, duplicates: 0, notFinite: 2 });
  assert.doesNotMatch(text, /one="[ab]"/);
});

test('of the same series twice the first stays, also when only a lone surrogate told them apart', () => {
  const family = gauge([
    [{ one: '\ud800', two: '' }, 1],
    [{ one: '\udfff', two: '' }, 2],
    [{ one: '', two: '\ufffd' }, 3],
  ]);
  const { text, ...counts } = expose([family], 'openmetrics');
  assert.deepEqual(counts, { series: 2, duplicates: 1, notFinite: 0 });
  assert.match(text, /^milink_test\{one="\ufffd",two=""\} 1$/m);
});

test('a family without a sample is left out whole', () => {
  const { text, series } = expose([gauge([]), gauge([[{}, Number.NaN]])], 'openmetrics');
  assert.deepEqual({ text, series }, { text: '', series: 0 });
});

describe('the reference parsers read back what was written', () => {
  let parser: ReferenceParser;
  before(() => {
    parser = startReferenceParser();
  });
  after(() => parser.stop());

  const awkward = fc.constantFrom(
    '"',
    '\\',
    '\n',
    '\\n',
    '\r',
    '{',
    '}',
    ',',
    '=',
    '#',
    ' ',
    '\t',
    '\0',
    '\u2028',
    '\ufeff',
  );
  const anyText = fc
    .array(fc.oneof(awkward, fc.string({ unit: 'binary' }), fc.constantFrom('🔗', 'שלום', '\ud800', '\udfff')))
    .map((parts) => parts.join(''));
  const anyPoints = fc.array(fc.tuple(anyText, anyText, fc.double({ noNaN: true, noDefaultInfinity: true })), {
    minLength: 1,
    maxLength: 5,
  });

  for (const format of formats) {
    test(`label values of any Unicode and any number in ${format}`, async () => {
      await fc.assert(
        fc.asyncProperty(anyPoints, async (points) => {
          const family = gauge(points.map(([one, two, value]) => [{ one, two }, value]));
          const expected = new Map<string, number>();
          for (const [one, two, value] of points) {
            const key = JSON.stringify([one.toWellFormed(), two.toWellFormed()]);
            if (!expected.has(key)) expected.set(key, value === 0 ? 0 : value);
          }
          const [parsed] = await parser.parse(expose([family], format).text + endMark[format], format);
          const read = parsed?.samples.map(({ labels, value }) => [JSON.stringify([labels.one, labels.two]), value]);
          assert.deepEqual(read, [...expected]);
        }),
        { numRuns: 150 },
      );
    });

    test(`help of any Unicode in ${format}`, async () => {
      await fc.assert(
        fc.asyncProperty(anyText, async (help) => {
          const family = gauge([[{ one: 'a', two: 'b' }, 1]], { help: `Starts ${help} ends.` });
          const [parsed] = await parser.parse(expose([family], format).text + endMark[format], format);
          assert.equal(parsed?.help, `Starts ${help.toWellFormed()} ends.`);
        }),
        { numRuns: 150 },
      );
    });
  }
});
