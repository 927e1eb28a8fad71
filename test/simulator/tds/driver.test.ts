import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Connection, Request, TYPES } from 'tedious';
import type { BatchEvent, BatchParameter, LoginRequest } from '../../../src/simulator/session.ts';
import type { TdsServer } from '../../../src/simulator/tds/server.ts';
import { scriptedLogin, startScripted, userName } from './scripted-server.ts';
import { connect, execute } from './tedious-client.ts';

const intColumn = { name: 'n', type: { name: 'int' }, nullable: false } as const;
const rows = (...values: readonly number[]): BatchEvent => ({
  kind: 'rows',
  columns: [intColumn],
  rows: values.map((value) => [value]),
});
const error = { number: 208, state: 1, class: 16, message: "Invalid object name 'x'.", line: 7, procedure: 'p' };
const done = (rowCount: number | null): BatchEvent => ({ kind: 'done', rowCount });

describe('tedious against a scripted session', () => {
  let server: TdsServer;
  let connection: Connection;
  let answer: (parameters: readonly BatchParameter[]) => Iterable<BatchEvent> = () => [];
  const logins: LoginRequest[] = [];
  let closedSessions = 0;
  before(async () => {
    const login = scriptedLogin(
      (_sql, parameters) => answer(parameters),
      () => {
        closedSessions += 1;
      },
    );
    const remember: typeof login = (request, id) => {
      logins.push(request);
      return login(request, id);
    };
    server = await startScripted(() => [], { login: remember });
    connection = await connect(server);
  });
  after(async () => {
    connection.close();
    await server.close();
  });

  for (const [what, events, sets, failure, rowCount] of [
    ['nothing', [], [], null, 0],
    ['one result set', [rows(1, 2), done(2)], [[[1], [2]]], null, 2],
    ['a result set without rows', [rows(), done(0)], [[]], null, 0],
    ['rows without a done of their own', [rows(1), rows(2, 3)], [[[1]], [[2], [3]]], null, 3],
    ['several result sets', [rows(1), done(1), done(5), rows(2), done(1)], [[[1]], [[2]]], null, 7],
    ['SET NOCOUNT ON', [rows(1), done(null)], [[[1]]], null, 0],
    ['an error alone', [{ kind: 'error', error }], [], error, 0],
    ['an error after rows', [rows(1), done(1), { kind: 'error', error }, done(null)], [[[1]]], error, 1],
    ['an error, then rows', [{ kind: 'error', error }, done(null), rows(1), done(1)], [[[1]]], error, 1],
    ['an error in the middle of rows', [rows(1), { kind: 'error', error }, done(1)], [[[1]]], error, 1],
  ] as const satisfies readonly (readonly [string, readonly BatchEvent[], unknown, typeof error | null, number])[]) {
    for (const asProcedure of [false, true]) {
      test(`${what}, ${asProcedure ? 'sp_executesql' : 'batch'}`, async () => {
        answer = () => events;
        const outcome = await execute(connection, 'select', { asProcedure });
        assert.deepEqual(
          outcome.sets.map((set) => set.rows),
          sets,
        );
        assert.equal(outcome.rowCount, rowCount);
        const {
          number,
          state,
          class: severity,
          message,
          lineNumber,
          procName,
          serverName,
        } = (outcome.error ?? {}) as Record<string, unknown>;
        const seen = { number, state, class: severity, message, line: lineNumber, procedure: procName };
        assert.deepEqual(outcome.error === null ? null : seen, failure);
        if (failure !== null) assert.equal(serverName, 'sql-prod-01');
      });
    }
  }

  test('information is no error', async () => {
    const seen: unknown[] = [];
    const onInfo = (info: { number: number; message: string }): number => seen.push([info.number, info.message]);
    connection.on('infoMessage', onInfo);
    const message = { number: 0, state: 1, class: 0, message: 'hello', line: 1 };
    answer = () => [rows(1), done(1), { kind: 'message', message }, { kind: 'database', from: 'master', to: 'tempdb' }];
    const outcome = await execute(connection, 'print');
    connection.off('infoMessage', onInfo);
    assert.equal(outcome.error, null);
    // The change of database is no message by itself: USE sends one of its own.
    assert.deepEqual(seen, [[0, 'hello']]);
  });

  test('a session that fails is an error, not the end of the connection', async () => {
    answer = function* () {
      yield rows(1);
      throw new Error('out of ideas');
    };
    const broken = await execute(connection, 'select');
    assert.match(String(broken.error), /simulator: out of ideas/);
    answer = () => [{ kind: 'rows', columns: [intColumn], rows: [[1], ['two']] }];
    const mistyped = await execute(connection, 'select');
    assert.match(String(mistyped.error), /simulator: column n \(int\): an integer expected, got string/);
    answer = () => [rows(1)];
    assert.equal((await execute(connection, 'select')).error, null);
  });

  test('parameters of every kind arrive and come back', async () => {
    answer = (parameters) => [
      {
        kind: 'rows',
        columns: parameters.map(({ name, type }) => ({ name: name.slice(1), type, nullable: true })),
        rows: [parameters.map(({ value }) => value)],
      },
    ];
    const instant = new Date('2026-11-21T10:30:00.123Z');
    const given = [
      ['bit', TYPES.Bit, true],
      ['tiny', TYPES.TinyInt, 255],
      ['small', TYPES.SmallInt, -5],
      ['int', TYPES.Int, -7],
      ['big', TYPES.BigInt, '9007199254740993'],
      ['float', TYPES.Float, 1.25],
      ['real', TYPES.Real, 0.5],
      ['money', TYPES.Money, -12.5],
      ['decimal', TYPES.Decimal, 12.34, { precision: 10, scale: 2 }],
      ['numeric', TYPES.Numeric, -1234567, { precision: 25, scale: 0 }],
      ['datetime', TYPES.DateTime, new Date('2026-11-21T10:30:00.123Z')],
      ['smalldatetime', TYPES.SmallDateTime, new Date('2026-11-21T10:30:00.000Z')],
      ['datetime2', TYPES.DateTime2, instant, { scale: 3 }],
      ['offset', TYPES.DateTimeOffset, instant, { scale: 7 }],
      ['date', TYPES.Date, new Date('2026-11-21T00:00:00.000Z')],
      ['time', TYPES.Time, new Date('1970-01-01T10:30:00.123Z'), { scale: 7 }],
      ['nvarchar', TYPES.NVarChar, 'zażółć 😀'],
      ['nvarcharmax', TYPES.NVarChar, 'x'.repeat(9000)],
      ['varchar', TYPES.VarChar, 'caf\u00e9 €'],
      ['varcharmax', TYPES.VarChar, 'y'.repeat(9000)],
      ['char', TYPES.Char, 'abc'],
      ['nchar', TYPES.NChar, 'abc'],
      ['binary', TYPES.VarBinary, Buffer.from([1, 2, 3])],
      ['binarymax', TYPES.VarBinary, Buffer.alloc(9000, 7)],
      ['guid', TYPES.UniqueIdentifier, '01234567-89AB-CDEF-0123-456789ABCDEF'],
      ['null', TYPES.NVarChar, null],
      ['nullguid', TYPES.UniqueIdentifier, null],
      ['nullint', TYPES.Int, null],
      ['nulldate', TYPES.DateTime2, null],
    ] as const;
    const prepare = (request: Request): void => {
      for (const [name, type, value, options] of given) request.addParameter(name, type, value, options);
    };
    const { sets, error: failure } = await execute(connection, 'select', { asProcedure: true, prepare });
    assert.equal(failure, null);
    assert.deepEqual(
      sets[0]?.columns.map((column) => column.colName),
      given.map(([name]) => name),
    );
    const seen = sets[0]?.rows[0] ?? [];
    for (const [index, [name, , value]] of given.entries()) {
      assert.deepEqual(seen[index], value, name);
    }
  });

  test('a statement is prepared, executed twice and unprepared', async () => {
    answer = (parameters) => [rows(Number(parameters[0]?.value))];
    const values: unknown[] = [];
    await new Promise<void>((resolve, reject) => {
      const steps = [() => connection.execute(request, { a: 2 }), () => connection.unprepare(request), resolve];
      const request = new Request('select @a', (failure) => (failure ? reject(failure) : steps.shift()?.()));
      request.addParameter('a', TYPES.Int, null);
      request.on('row', (row: { value: unknown }[]) => values.push(row[0]?.value));
      request.on('prepared', () => connection.execute(request, { a: 1 }));
      connection.prepare(request);
    });
    assert.deepEqual(values, [1, 2]);
  });

  test('a procedure that a session can not call is refused as not simulated', async () => {
    const failure = await new Promise<{ number?: number } | null | undefined>((resolve) => {
      connection.callProcedure(new Request('sp_nothing', (problem) => resolve(problem as { number?: number })));
    });
    assert.equal(failure?.number, 40_514);
  });

  test('5,000 rows over packets of 512 bytes', async () => {
    const small = await connect(server, { packetSize: 512 });
    answer = () => [
      {
        kind: 'rows',
        columns: [intColumn, { name: 't', type: { name: 'nvarchar', length: 200 }, nullable: true }],
        rows: Array.from({ length: 5000 }, (_, index) => [index, index % 3 === 0 ? null : 'ü'.repeat(index % 200)]),
      },
      done(5000),
    ];
    const { sets, rowCount } = await execute(small, 'select');
    assert.equal(rowCount, 5000);
    assert.deepEqual(
      sets[0]?.rows.map((row) => row[0]),
      Array.from({ length: 5000 }, (_, index) => index),
    );
    assert.deepEqual(sets[0]?.rows.at(-1), [4999, 'ü'.repeat(199)]);
    small.close();
  });

  test('an error of severity 20 ends the connection', async () => {
    const doomed = await connect(server);
    const ended = new Promise((resolve) => doomed.once('end', resolve));
    answer = () => [{ kind: 'error', error: { ...error, class: 20 } }];
    const outcome = await execute(doomed, 'select');
    assert.equal((outcome.error as { class?: number }).class, 20);
    await ended;
  });

  test('a wrong login is error 18456, and the connection is over', async () => {
    await assert.rejects(connect(server, { password: 'wrong' }), /Login failed for user 'milink'\./);
  });

  test('the login callback sees what the client said', async () => {
    const other = await connect(server, {
      appName: 'milink-exporter',
      workstationId: 'host1',
      readOnlyIntent: true,
      database: 'db1',
    });
    const { password, ...request } = logins.at(-1) ?? { password: '' };
    assert.ok(password.length > 0);
    assert.deepEqual(request, {
      userName,
      database: 'db1',
      applicationName: 'milink-exporter',
      hostName: 'host1',
      readOnlyIntent: true,
      language: 'us_english',
      changesPassword: false,
      attachedFile: '',
      interfaceName: 'Tedious',
      driverVersion: 0,
      processId: process.pid,
    });
    const [connections, sessions] = [server.connectionCount(), closedSessions];
    const ended = new Promise((resolve) => other.once('end', resolve));
    server.closeConnections();
    await ended;
    assert.equal(server.connectionCount(), 0);
    assert.equal(closedSessions - sessions, connections);
    connection = await connect(server);
  });
});
