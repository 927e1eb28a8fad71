import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SqlType, SqlValue } from '../../../src/simulator/sql-type.ts';
import { ByteWriter } from '../../../src/simulator/tds/byte-writer.ts';
import {
  encodeCollationChange,
  encodeColMetadata,
  encodeDatabaseChange,
  encodeDone,
  encodeLoginAck,
  encodeMessage,
  encodeResetAcknowledged,
  encodeReturnStatus,
  encodeReturnValue,
  encodeRow,
  encodeTextChange,
} from '../../../src/simulator/tds/tokens.ts';
import { encodeTypeInfo } from '../../../src/simulator/tds/type-info.ts';
import { encodeValue } from '../../../src/simulator/tds/value-encode.ts';
import { hex, specification } from './hex.ts';

function written(write: (writer: ByteWriter) => void): Buffer {
  const writer = new ByteWriter();
  write(writer);
  return writer.shift(writer.length);
}

describe('tokens (MS-TDS 2.2.7)', () => {
  test("the specification's result set, byte for byte", () => {
    const columns = [{ name: 'bar', type: { name: 'varchar', length: 3 }, nullable: false }] as const;
    const bytes = written((writer) => {
      encodeColMetadata(writer, columns);
      encodeRow(writer, columns, { values: ['foo'], nullBitmap: true });
      encodeDone(writer, { kind: 'done', rowCount: 1, isSelect: true, status: 0 });
    });
    assert.deepEqual(bytes, specification.batchAnswer.subarray(8));
  });

  const error = { number: 208, state: 1, class: 16, message: 'no', line: 3, procedure: 'p' };
  for (const [what, write, expected] of [
    [
      'DONE with more and an error',
      (w) => encodeDone(w, { kind: 'done', rowCount: null, isSelect: false, status: 3 }),
      'FD 0300 0000 0000000000000000',
    ],
    [
      'DONEINPROC with a count above 32 bits',
      (w) => encodeDone(w, { kind: 'doneInProc', rowCount: 2 ** 40, isSelect: true, status: 1 }),
      'FF 1100 C100 0000000000010000',
    ],
    [
      'DONEPROC',
      (w) => encodeDone(w, { kind: 'doneProc', rowCount: null, isSelect: false, status: 0 }),
      'FE 0000 0000 0000000000000000',
    ],
    ['RETURNSTATUS', (w) => encodeReturnStatus(w, -6), '79 FAFFFFFF'],
    ['ERROR', (w) => encodeMessage(w, error, 's'), 'AA 1600 D0000000 01 10 0200 6E006F00 01 7300 01 7000 03000000'],
    [
      'INFO',
      (w) => encodeMessage(w, { number: 5701, state: 2, class: 0, message: 'a', line: 1 }, ''),
      'AB 1000 45160000 02 00 0100 6100 00 00 01000000',
    ],
    [
      'ENVCHANGE packet size',
      (w) => encodeTextChange(w, 'packetSize', { from: '4096', to: '512' }),
      'E3 1100 04 03 350031003200 04 3400300039003600',
    ],
    ['ENVCHANGE collation', encodeCollationChange, 'E3 0800 07 05 0904D00034 00'],
    ['ENVCHANGE reset', encodeResetAcknowledged, 'E3 0300 12 00 00'],
    [
      'LOGINACK',
      (w) => encodeLoginAck(w, 0x74000004, '16.0.4175.1'),
      `AD 3600 01 74000004 16 ${Buffer.from('Microsoft SQL Server\0\0', 'utf16le').toString('hex')} 10 00 104F`,
    ],
    [
      'RETURNVALUE',
      (w) => encodeReturnValue(w, { ordinal: 0, name: '@h', type: { name: 'int' }, value: 7 }),
      'AC 0000 02 40006800 01 00000000 0000 26 04 04 07000000',
    ],
  ] as const satisfies readonly (readonly [string, (writer: ByteWriter) => void, string])[]) {
    test(what, () => {
      assert.deepEqual(written(write), hex(expected));
    });
  }

  test('a change of database says so in words too', () => {
    const bytes = written((writer) => encodeDatabaseChange(writer, { from: 'master', to: 'tempdb' }, 's'));
    assert.equal(bytes[0], 0xe3);
    assert.match(bytes.toString('utf16le', 1), /Changed database context to 'tempdb'\./);
  });

  const nullable = (name: 'int' | 'bit') => ({ name, type: { name }, nullable: true }) as const;
  for (const [what, values, nullBitmap, expected] of [
    ['ROW without NULL', [1, true], true, 'D1 04 01000000 01 01'],
    ['NBCROW with NULL', [null, true], true, 'D2 01 01 01'],
    ['ROW with NULL for old clients', [null, null], false, 'D1 00 00'],
  ] as const satisfies readonly (readonly [string, readonly SqlValue[], boolean, string])[]) {
    test(what, () => {
      const bytes = written((writer) => encodeRow(writer, [nullable('int'), nullable('bit')], { values, nullBitmap }));
      assert.deepEqual(bytes, hex(expected));
    });
  }

  test('a value of the wrong type names its column and leaves no half row', () => {
    const writer = new ByteWriter();
    const write = (): void =>
      encodeRow(writer, [nullable('bit'), nullable('int')], { values: [true, 'x'], nullBitmap: true });
    assert.throws(write, /column int \(int\): an integer expected, got string/);
    assert.equal(writer.length, 0);
  });
});

describe('types and values (MS-TDS 2.2.5.4, 2.2.5.5)', () => {
  const varchar = { name: 'varchar', length: 5 } as const;
  const max = { name: 'nvarchar', length: 'max' } as const;
  for (const [type, isNullable, value, typeInfo, expected] of [
    [{ name: 'bit' }, false, true, '32', '01'],
    [{ name: 'bit' }, true, false, '68 01', '01 00'],
    [{ name: 'bit' }, true, null, '68 01', '00'],
    [{ name: 'tinyint' }, false, 255, '30', 'FF'],
    [{ name: 'tinyint' }, true, 255, '26 01', '01 FF'],
    [{ name: 'smallint' }, false, -2, '34', 'FEFF'],
    [{ name: 'smallint' }, true, -2, '26 02', '02 FEFF'],
    [{ name: 'int' }, false, -2, '38', 'FEFFFFFF'],
    [{ name: 'int' }, true, null, '26 04', '00'],
    [{ name: 'bigint' }, false, 1n, '7F', '0100000000000000'],
    [{ name: 'bigint' }, true, -1n, '26 08', '08 FFFFFFFFFFFFFFFF'],
    [{ name: 'float' }, false, 1.5, '3E', '000000000000F83F'],
    [{ name: 'float' }, true, 1.5, '6D 08', '08 000000000000F83F'],
    [{ name: 'datetime' }, false, '1900-01-01T00:00:00.003', '3D', '00000000 01000000'],
    [{ name: 'datetime' }, true, '1899-12-31T12:00:00.000', '6F 08', '08 FFFFFFFF 00C1C500'],
    [{ name: 'date' }, true, '0001-01-02', '28', '03 010000'],
    [{ name: 'time', scale: 0 }, true, '00:00:02', '29 00', '03 020000'],
    [{ name: 'time', scale: 7 }, true, '00:00:00.0000001', '29 07', '05 0100000000'],
    [{ name: 'datetime2', scale: 3 }, true, '0001-01-02T00:00:00.001', '2A 03', '07 01000000 010000'],
    [{ name: 'datetimeoffset', scale: 0 }, true, '0001-01-02T01:00:00+01:00', '2B 00', '08 000000 010000 3C00'],
    [
      { name: 'uniqueidentifier' },
      false,
      '00112233-4455-6677-8899-AABBCCDDEEFF',
      '24 10',
      '10 33221100 5544 7766 8899AABBCCDDEEFF',
    ],
    [{ name: 'uniqueidentifier' }, true, null, '24 10', '00'],
    [{ name: 'numeric', precision: 9, scale: 2 }, true, '-12.50', '6C 05 09 02', '05 00 E2040000'],
    [{ name: 'numeric', precision: 25, scale: 0 }, true, '1', '6C 0D 19 00', '0D 01 010000000000000000000000'],
    [varchar, true, 'é€', 'A7 0500 0904D00034', '0200 E980'],
    [varchar, true, null, 'A7 0500 0904D00034', 'FFFF'],
    [{ name: 'char', length: 3 }, true, 'a', 'AF 0300 0904D00034', '0300 612020'],
    [{ name: 'nchar', length: 2 }, true, 'a', 'EF 0400 0904D00034', '0400 61002000'],
    [{ name: 'nvarchar', length: 60 }, true, 'a', 'E7 7800 0904D00034', '0200 6100'],
    [max, true, 'a', 'E7 FFFF 0904D00034', '0200000000000000 02000000 6100 00000000'],
    [max, true, '', 'E7 FFFF 0904D00034', '0000000000000000 00000000'],
    [max, true, null, 'E7 FFFF 0904D00034', 'FFFFFFFFFFFFFFFF'],
    [{ name: 'varbinary', length: 8 }, true, Uint8Array.of(1, 2), 'A5 0800', '0200 0102'],
  ] as const satisfies readonly (readonly [SqlType, boolean, SqlValue, string, string])[]) {
    test(`${type.name} ${isNullable ? 'nullable' : 'not null'}: ${value}`, () => {
      assert.deepEqual(
        written((writer) => encodeTypeInfo(writer, type, isNullable)),
        hex(typeInfo),
      );
      assert.deepEqual(
        written((writer) => encodeValue(writer, { type, nullable: isNullable }, value)),
        hex(expected),
      );
    });
  }

  for (const [type, value, message] of [
    [{ name: 'int' }, null, /NULL in a column that is not nullable/],
    [{ name: 'int' }, 1.5, /an integer expected/],
    [{ name: 'bit' }, 1, /a boolean expected, got number/],
    [{ name: 'bigint' }, 1, /a bigint expected, got number/],
    [{ name: 'float' }, '1', /a number expected, got string/],
    [{ name: 'varbinary', length: 1 }, 'a', /bytes expected, got string/],
    [varchar, 'toolong', /7 bytes in varchar\(5\)/],
    [{ name: 'uniqueidentifier' }, 'x', /not a uniqueidentifier: "x"/],
    [{ name: 'numeric', precision: 2, scale: 0 }, '100', /100 is too large for numeric\(2,0\)/],
    [{ name: 'numeric', precision: 2, scale: 0 }, '1e1', /not a number: "1e1"/],
    [{ name: 'date' }, '2026-02-30x', /not a date/],
    [{ name: 'time', scale: 0 }, '24:00:00', /not a time/],
    [{ name: 'datetimeoffset', scale: 0 }, '2026-01-01T00:00:00', /not a datetimeoffset/],
  ] as const satisfies readonly (readonly [SqlType, SqlValue, RegExp])[]) {
    test(`${value} is no ${type.name}`, () => {
      assert.throws(() => encodeValue(new ByteWriter(), { type, nullable: false }, value), message);
    });
  }
});
