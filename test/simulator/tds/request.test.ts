import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createProcedures } from '../../../src/simulator/tds/procedures.ts';
import { NotSimulated, ProtocolError } from '../../../src/simulator/tds/protocol-error.ts';
import { decodeRpc, decodeSqlBatch, type RpcParameter } from '../../../src/simulator/tds/request.ts';
import { fc } from '../../fuzz/property.ts';
import { hex, specification } from './hex.ts';

const headers = '16000000 12000000 0200 0000000000000001 00000000';
const call = (parameters: string): Buffer => hex(`${headers} FFFF 0A00 0000 ${parameters}`);
const text = (name: string, value: string): RpcParameter => ({
  name,
  type: { name: 'nvarchar', length: 4000 },
  value,
  isOutput: false,
  isDefault: false,
});
const int = (name: string, value: number, isOutput = false): RpcParameter => ({
  name,
  type: { name: 'int' },
  value,
  isOutput,
  isDefault: false,
});

describe('requests (MS-TDS 2.2.6.6, 2.2.6.7)', () => {
  test("the specification's batch", () => {
    assert.equal(decodeSqlBatch(specification.batch.subarray(8)), "\nselect 'foo' as 'bar'\n        ");
  });

  test("the specification's procedure call", () => {
    assert.deepEqual(decodeRpc(specification.rpc.subarray(8)), [
      {
        procedure: ['foo3'],
        parameters: [{ name: '', isOutput: false, isDefault: true, type: { name: 'smallint' }, value: null }],
      },
    ]);
  });

  for (const [sent, name] of [
    ['sp_executesql', ['sp_executesql']],
    ['sys.SP_ExecuteSql', ['sys', 'SP_ExecuteSql']],
    ['[sys].[sp_executesql]', ['sys', 'sp_executesql']],
    ['"sys"."a""b"', ['sys', 'a"b']],
    ['[a.b].[c]]d]', ['a.b', 'c]d']],
    ['master..sp_executesql', ['master', '', 'sp_executesql']],
    ['[open', ['[open']],
  ] as const) {
    test(`procedure ${sent}`, () => {
      const length = Buffer.alloc(2);
      length.writeUInt16LE(sent.length);
      const payload = Buffer.concat([hex(headers), length, Buffer.from(sent, 'utf16le'), hex('0000')]);
      assert.deepEqual(decodeRpc(payload)[0]?.procedure, name);
    });
  }

  for (const [what, bytes, type, value] of [
    ['fixed int', '00 00 38 05000000', { name: 'int' }, 5],
    ['fixed bit', '00 00 32 01', { name: 'bit' }, true],
    ['real', '00 00 6D 04 04 0000C03F', { name: 'float' }, 1.5],
    ['untyped NULL', '00 00 1F', { name: 'int' }, null],
    ['money', '00 00 6E 08 08 FFFFFFFF F0D8FFFF', { name: 'numeric', precision: 19, scale: 4 }, '-1.0000'],
    ['smallmoney', '00 00 7A 01000000', { name: 'numeric', precision: 10, scale: 4 }, '0.0001'],
    ['smalldatetime', '00 00 6F 04 04 0100 0200', { name: 'datetime' }, '1900-01-02T00:02:00.000'],
    ['ntext', '00 00 63 FFFFFF7F 0904D00034 02000000 6100', { name: 'nvarchar', length: 'max' }, 'a'],
    ['ntext NULL', '00 00 63 FFFFFF7F 0904D00034 FFFFFFFF', { name: 'nvarchar', length: 'max' }, null],
    ['binary', '00 00 AD 0400 0200 0102', { name: 'varbinary', length: 4 }, Uint8Array.of(1, 2)],
    [
      'chunks of unknown total',
      '00 00 E7 FFFF 0904D00034 FEFFFFFFFFFFFFFF 02000000 6100 02000000 6200 00000000',
      { name: 'nvarchar', length: 'max' },
      'ab',
    ],
  ] as const) {
    test(`a parameter: ${what}`, () => {
      assert.deepEqual(decodeRpc(call(bytes))[0]?.parameters, [
        { name: '', isOutput: false, isDefault: false, type, value },
      ]);
    });
  }

  for (const [what, bytes, message] of [
    ['a type that is none', call('00 00 F9'), /parameters of type 0xf9 are not supported/],
    ['half of a second call', call('FF 0A00'), /message ends after/],
    ['a length against its type', call('00 00 26 04 02 0000'), /value of 2 bytes in a type of 4/],
    ['an impossible length', call('00 00 26 03 03 000000'), /type 0x26 can't have 3 bytes/],
    ['an impossible scale', call('00 00 2A 08 08'), /scale 8 of datetime2/],
    ['a date that is none', call('00 00 28 03 FFFFFF'), /parameter of type 0x28: not a date/],
    [
      'chunks against their total',
      call('00 00 E7 FFFF 0904D00034 0400000000000000 02000000 6100 00000000'),
      /value of 2 bytes announced 4/,
    ],
    ['a number without a procedure', hex(`${headers} FFFF 6300 0000`), /no procedure has the number 99/],
    ['headers beyond the end', hex('FFFFFFFF'), /message ends after 4 bytes/],
  ] as const) {
    test(`${what} is a protocol error`, () => {
      assert.throws(
        () => decodeRpc(bytes),
        (error) => error instanceof ProtocolError && message.test(error.message),
      );
    });
  }

  for (const [type, name] of [
    ['62', 'sql_variant'],
    ['F0', 'a CLR type'],
    ['F1', 'xml'],
    ['F3', 'table'],
  ]) {
    test(`a parameter of type ${name} is not simulated`, () => {
      const expected = { name: 'NotSimulated', message: `parameters of type ${name}` };
      assert.throws(() => decodeRpc(call(`00 00 ${type}`)), expected);
    });
  }

  test('two calls in one message', () => {
    const second = hex('FFFF 0B00 0000 00 00 1F');
    const calls = decodeRpc(Buffer.concat([call('FF'), second]));
    assert.deepEqual(
      calls.map(({ procedure, parameters }) => [procedure, parameters.length]),
      [
        [['sp_executesql'], 0],
        [['sp_prepare'], 1],
      ],
    );
  });

  test('no bytes make anything but a request, a refusal or a protocol error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        for (const decode of [
          () => decodeRpc(Buffer.concat([call(''), bytes])),
          () => decodeSqlBatch(Buffer.from(bytes)),
        ]) {
          try {
            decode();
          } catch (error) {
            assert.ok(error instanceof ProtocolError || error instanceof NotSimulated, String(error));
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('system procedures', () => {
  const run = (procedure: string, ...parameters: readonly RpcParameter[]) =>
    createProcedures().resolve({ procedure: [procedure], parameters });

  test('sp_executesql gives names to parameters by their declaration', () => {
    assert.deepEqual(
      run('sp_executesql', text('', 'select @a, @b'), text('', '@a int, @b numeric(10,2)'), int('', 1), int('@B', 2)),
      {
        kind: 'execute',
        sql: 'select @a, @b',
        parameters: [int('@a', 1), int('@B', 2)],
        handle: null,
      },
    );
  });

  for (const [what, result, number, message] of [
    ['an unknown handle', run('sp_execute', int('', 9)), 8179, 'Could not find prepared statement with handle 9.'],
    [
      'a parameter that is declared and not given',
      run('sp_executesql', text('', 'select @a'), text('', '@a int')),
      8178,
      "The parameterized query '(@a int)select @a' expects the parameter '@a', which was not supplied.",
    ],
    [
      'a parameter that is left to its default',
      run('sp_executesql', text('', 'select @a'), text('', '@a int'), { ...int('@a', 1), isDefault: true }),
      8178,
      "The parameterized query '(@a int)select @a' expects the parameter '@a', which was not supplied.",
    ],
  ] as const) {
    test(`${what} is error ${number}`, () => {
      assert.equal(result.kind, 'error');
      assert.deepEqual(result.kind === 'error' && [result.error.number, result.error.message], [number, message]);
    });
  }

  test("any other procedure, or one of another schema, is the session's", () => {
    const parameters = [int('@a', 1)];
    for (const procedure of [['sp_who'], ['dbo', 'sp_who'], ['other', 'sp_executesql']]) {
      const call = { kind: 'named', call: { procedure, parameters } };
      assert.deepEqual(createProcedures().resolve({ procedure, parameters }), call);
    }
  });

  test('a statement is prepared, executed and forgotten', () => {
    const { resolve } = createProcedures();
    const prepared = resolve({
      procedure: ['sp_prepare'],
      parameters: [int('@handle', 0, true), text('', '@a int'), text('', 'select @a')],
    });
    assert.deepEqual(prepared, { kind: 'prepared', handle: 1 });
    const execute = { procedure: ['sp_execute'], parameters: [int('', 1), int('', 7)] };
    const parameters = [int('@a', 7)];
    assert.deepEqual(resolve(execute), { kind: 'execute', sql: 'select @a', parameters, handle: null });
    assert.deepEqual(resolve({ procedure: ['SYS', 'sp_unprepare'], parameters: [int('', 1)] }), { kind: 'unprepared' });
    assert.equal(resolve(execute).kind, 'error');
  });

  test('sp_prepexec does both', () => {
    const parameters = [int('@h', 0, true), text('', '@a int'), text('', 'select @a'), int('', 7)];
    const expected = {
      kind: 'execute',
      sql: 'select @a',
      handle: 1,
      parameters: [int('@a', 7)],
    };
    assert.deepEqual(createProcedures().resolve({ procedure: ['sp_prepexec'], parameters }), expected);
  });
});
