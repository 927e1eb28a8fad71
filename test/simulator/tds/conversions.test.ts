import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createByteReader } from '../../../src/simulator/tds/byte-reader.ts';
import { ByteWriter } from '../../../src/simulator/tds/byte-writer.ts';
import { decodeCodePage, encodeCodePage } from '../../../src/simulator/tds/code-page.ts';
import { parseDate, parseDateTime, roundToScale, toDatetimeUnits } from '../../../src/simulator/tds/date-time.ts';
import { decodeNumeric, encodeNumeric } from '../../../src/simulator/tds/numeric.ts';
import { encodeTypeInfo } from '../../../src/simulator/tds/type-info.ts';
import { decodeTypedValue } from '../../../src/simulator/tds/value-decode.ts';
import { encodeValue } from '../../../src/simulator/tds/value-encode.ts';
import { fc } from '../../fuzz/property.ts';
import { typedValues } from './arbitraries.ts';

describe('values', () => {
  test('what is written is read back as the same type and value', () => {
    fc.assert(
      fc.property(typedValues, fc.boolean(), ({ type, value: given }, isNull) => {
        const value = isNull ? null : given;
        const writer = new ByteWriter();
        encodeTypeInfo(writer, type, true);
        encodeValue(writer, { type, nullable: true }, value);
        const reader = createByteReader(writer.shift(writer.length));
        assert.deepEqual(decodeTypedValue(reader), { type, value });
        assert.equal(reader.remaining(), 0);
      }),
      { numRuns: 500 },
    );
  });
});

describe('datetime', () => {
  // Microsoft's documentation of datetime: "rounded to increments of .000, .003, or .007 seconds".
  for (const [text, days, units] of [
    ['1998-01-01T23:59:59.999', 35795, 0],
    ['1998-01-01T23:59:59.995', 35794, 25919999],
    ['1998-01-01T23:59:59.998', 35794, 25919999],
    ['1998-01-01T23:59:59.992', 35794, 25919998],
    ['1998-01-01T23:59:59.990', 35794, 25919997],
    ['1753-01-01 00:00:00', -53690, 0],
    ['2026-11-21', 46345, 0],
  ] as const) {
    test(text, () => {
      assert.deepEqual(toDatetimeUnits(parseDateTime(text)), { days, units });
    });
  }

  test('days count from the first of January of year 1', () => {
    assert.equal(parseDate('0001-01-01'), 0);
    assert.equal(parseDate('1970-01-01'), 719162);
    assert.equal(parseDate('9999-12-31'), 3652058);
  });

  test('a fraction that is rounded up may end on the next day', () => {
    assert.deepEqual(roundToScale(parseDateTime('2026-12-31T23:59:59.9999999'), 3), {
      days: parseDate('2027-01-01'),
      units: 0,
    });
    assert.deepEqual(roundToScale(parseDateTime('2026-12-31T00:00:00.4499999'), 1).units, 4);
  });
});

describe('numeric', () => {
  for (const [text, precision, scale, expected] of [
    ['1234567890123456789012345', 25, 0, '1234567890123456789012345'],
    ['-0', 5, 0, '0'],
    ['+.5', 5, 2, '0.50'],
    ['0.005', 5, 2, '0.01'],
    ['-0.005', 5, 2, '-0.01'],
    ['-0.004', 5, 2, '0.00'],
    ['99', 38, 36, '99.000000000000000000000000000000000000'],
  ] as const) {
    test(`${text} as numeric(${precision},${scale})`, () => {
      assert.equal(decodeNumeric(encodeNumeric(text, precision, scale), scale), expected);
    });
  }
});

describe('code page 1252', () => {
  test('every byte survives', () => {
    for (let byte = 0; byte < 256; byte += 1) {
      assert.deepEqual([...encodeCodePage(decodeCodePage(Uint8Array.of(byte)))], [byte]);
    }
  });

  test('what it lacks becomes a question mark, one for each character', () => {
    assert.equal(encodeCodePage('aж😀€').toString('hex'), '613f3f80');
  });
});
