import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDuration } from '../../src/config/value/duration.ts';
import { fc } from '../fuzz/property.ts';

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

test('a duration written out is read back', () => {
  const counts = fc.array(fc.option(fc.nat(9999), { nil: null }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(
      counts.filter((parts) => parts.some((count) => count !== null)),
      (parts) => {
        const written = parts.map((count, index) => (count === null ? '' : `${count}${units[index]?.[0]}`)).join('');
        const sum = parts.reduce<number>((total, count, index) => total + (count ?? 0) * (units[index]?.[1] ?? 0), 0);
        assert.equal(parseDuration(written), sum);
      },
    ),
  );
});

test('units out of order or repeated are no duration', () => {
  const unitPair = fc.tuple(fc.nat(4), fc.nat(4)).filter(([first, second]) => first >= second);
  fc.assert(
    fc.property(unitPair, fc.nat(99), fc.nat(99), ([first, second], a, b) => {
      assert.equal(parseDuration(`${a}${units[first]?.[0]}${b}${units[second]?.[0]}`), null);
    }),
  );
});

const known: readonly (readonly [string, number | null])[] = [
  ['15s', 15_000],
  ['500ms', 500],
  ['1m30s', 90_000],
  ['1h', 3_600_000],
  ['1m500ms', 60_500],
  ['5m', 300_000],
  ['5ms', 5],
  ['0s', 0],
  ['007s', 7000],
  ['', null],
  ['15', null],
  ['s', null],
  ['1.5s', null],
  ['-1s', null],
  ['+1s', null],
  ['1e3s', null],
  ['15 s', null],
  [' 15s', null],
  ['15s\n', null],
  ['15S', null],
  ['1w', null],
  ['1y', null],
  ['١s', null],
  ['9999999999s', null],
];

for (const [text, milliseconds] of known) {
  test(`duration ${JSON.stringify(text)}`, () => assert.equal(parseDuration(text), milliseconds));
}
