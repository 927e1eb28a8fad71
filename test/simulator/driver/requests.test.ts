import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Connection } from 'tedious';
import type { Pair } from '../../../src/simulator/pair.ts';
import { packetType } from '../../../src/simulator/tds/names.ts';
import { encodeMessage } from '../../../src/simulator/tds/packet.ts';
import type { TdsServer } from '../../../src/simulator/tds/server.ts';
import { hex, specification } from '../tds/hex.ts';
import { connectRaw, type RawClient } from '../tds/raw-client.ts';
import { execute } from '../tds/tedious-client.ts';
import { call, logIn, numberOf, rowsOf, startDriverPair, TYPES } from './client.ts';

const headers = '16000000 12000000 0200 0000000000000000 01000000';

/** What a driver other than the exporter's own met on the simulator, on the wire; the numbers are the facts' own. */
describe('requests on the wire', () => {
  let pair: Pair;
  let connection: Connection;
  before(async () => {
    pair = await startDriverPair({
      accounts: [
        { name: 'milink', password: 'milink-demo' },
        { name: 'sa', password: '', permissions: ['CONTROL SERVER'] },
      ],
    });
    connection = await logIn(pair.sqlServer);
  });
  after(async () => {
    connection.close();
    await pair.close();
  });
  const rows = (sql: string) => rowsOf(connection, sql);
  const fails = async (sql: string) => numberOf(await execute(connection, sql));

  /** Logs in with the bytes of the specification's LOGIN7, changed; its user is sa without a password. */
  async function logInRaw(change: (login: Buffer) => Buffer = (login) => login): Promise<RawClient> {
    const client = await connectRaw({ address: { host: pair.sqlServer.host, port: pair.sqlServer.port } } as TdsServer);
    await client.send(encodeMessage(packetType.prelogin, hex('00 000B 0006  01 0011 0001  FF  09000000 0000  02')));
    await client.next();
    await client.send(encodeMessage(packetType.login7, change(Buffer.from(specification.login7.subarray(8)))));
    return client;
  }

  /** The numbers of the errors in an answer. */
  async function errorsOf(client: RawClient): Promise<readonly number[]> {
    const { payload } = await client.next();
    const numbers: number[] = [];
    for (let at = payload.indexOf(0xaa); at >= 0 && at + 9 < payload.length; at = payload.indexOf(0xaa, at + 1)) {
      if (payload.readUInt16LE(at + 1) < payload.length - at) numbers.push(payload.readInt32LE(at + 3));
    }
    return numbers;
  }

  it('7: every packet of an answer has the session id that @@SPID gives', async () => {
    const client = await logInRaw();
    await client.next();
    const before = client.received().length;
    await client.send(
      encodeMessage(packetType.sqlBatch, Buffer.concat([hex(headers), Buffer.from('SELECT @@SPID', 'utf16le')])),
    );
    const { payload } = await client.next();
    const id = client.received().readUInt16BE(before + 4);
    assert.equal(client.received().readUInt16BE(4 + client.received().readUInt16BE(2)), id);
    assert.equal(payload.readInt16LE(payload.length - 13 - 2), id);
    client.socket.destroy();
  });

  it('8: drips do not break a TLS handshake', async () => {
    pair.sqlServer.setFaults({ wire: { kind: 'drip', millisecondsPerByte: 0.2 } });
    const options = { encrypt: true, cryptoCredentialsDetails: { ca: pair.certificateAuthority } };
    for (let count = 0; count < 3; count += 1) (await logIn(pair.sqlServer, options)).close();
    pair.sqlServer.setFaults({});
  });

  it('9: REPLICATE gives the whole of a long text, and cuts a short one at 8000 bytes', async () => {
    const sql = `SELECT LEN(REPLICATE(CAST('x' AS varchar(max)), 20000)), LEN(REPLICATE('x', 20000)), LEN(REPLICATE(N'x', 20000)),
      LEN(CONCAT(REPLICATE(N'x', 4000), N'y')), LEN(REPLICATE(N'x', 4000) + N'y'), LEN(REPLACE(REPLICATE(N'x', 4000), N'x', N'yy'))`;
    assert.deepEqual(await rows(sql), [['20000', 8000, 4000, 4000, 4000, 4000]]);
    assert.equal(await fails("SELECT REPLICATE(CAST('x' AS varchar(max)), 2000000000)"), 40_514);
  });

  for (const [what, number, change] of [
    ['11: a change of the password', 40_514, (login: Buffer) => withByte(login, 27, 0x01)],
    ['12: a language that is not spoken', 40_514, (login: Buffer) => withText(login, 64, 'Deutsch')],
    ['12: a language that is none', 2740, (login: Buffer) => withText(login, 64, 'Klingon')],
    ['a database file to attach', 40_514, (login: Buffer) => withText(login, 82, 'C:\\a.mdf')],
    ['a wrong password', 18_456, (login: Buffer) => withText(login, 44, 'no')],
  ] as const) {
    it(`${what} at login is refused`, async () => {
      const client = await logInRaw(change);
      assert.deepEqual(await errorsOf(client), [number]);
      await client.closed;
    });
  }

  it('14: rows before an error come with their columns, then the error', async () => {
    const outcome = await execute(connection, 'SELECT 10 / n AS q FROM (VALUES (1), (2), (0), (5)) AS v(n)');
    assert.deepEqual([numberOf(outcome), outcome.sets.map((set) => set.rows)], [8134, [[[10], [5]]]]);
  });

  it('15: a temporary table is not simulated', async () => {
    assert.equal(await fails('CREATE TABLE #t (a int)'), 40_514);
  });

  for (const [type, name] of [
    ['F3', 'table'],
    ['F1', 'xml'],
    ['62', 'sql_variant'],
    ['F0', 'a CLR type'],
  ]) {
    it(`17: a parameter of type ${name} costs its request, not the connection`, async () => {
      const client = await logInRaw();
      await client.next();
      const parameter = hex(`${headers} FFFF 0A00 0000 00 00 ${type} 0000`);
      await client.send(encodeMessage(packetType.rpc, parameter));
      assert.deepEqual(await errorsOf(client), [40_514]);
      await client.send(encodeMessage(packetType.bulkLoad, hex('81 0000')));
      assert.deepEqual(await errorsOf(client), [40_514]);
      await client.send(
        encodeMessage(packetType.sqlBatch, Buffer.concat([hex(headers), Buffer.from('SELECT 1', 'utf16le')])),
      );
      assert.deepEqual(await errorsOf(client), []);
      client.socket.destroy();
    });
  }

  it('17: several calls in one message are answered one after another', async () => {
    const client = await logInRaw();
    await client.next();
    const text = Buffer.from('SELECT 7', 'utf16le');
    const one = Buffer.concat([hex('FFFF 0A00 0000 00 00 E7 4000 0904D00034 1000'), text]);
    await client.send(encodeMessage(packetType.rpc, Buffer.concat([hex(headers), one, hex('FF'), one])));
    const { payload } = await client.next();
    const ends = payload.toString('hex').split('fe').length - 1;
    assert.ok(ends >= 2, `${ends} ends`);
    client.socket.destroy();
  });

  it('18: a procedure is found by its name as EXEC finds it', async () => {
    const log = await call(connection, 'sp_readerrorlog', (request) => request.addParameter('p1', TYPES.Int, 0));
    assert.equal(numberOf(log), numberOf(await execute(connection, 'EXEC sp_readerrorlog 0')));
    assert.notEqual(numberOf(log), 2812);
    const certificate = await call(connection, '[sys].[sp_get_endpoint_certificate]', (request) =>
      request.addParameter('endpoint_type', TYPES.Int, 4),
    );
    assert.equal(numberOf(certificate), numberOf(await execute(connection, 'EXEC sp_get_endpoint_certificate 4')));
    const text = await call(connection, '[sys].[sp_executesql]', (request) => {
      request.addParameter('statement', TYPES.NVarChar, 'SELECT @a + 1');
      request.addParameter('parameters', TYPES.NVarChar, '@a int');
      request.addParameter('a', TYPES.Int, 1);
    });
    assert.deepEqual([numberOf(text), text.sets.map((set) => set.rows)], [null, [[[2]]]]);
    assert.equal(numberOf(await call(connection, 'sp_who2')), 40_514);
    assert.equal(numberOf(await call(connection, 'sp_nothing')), 2812);
  });

  it('19: SET FMTONLY gives the columns without the rows', async () => {
    const sql =
      'SET FMTONLY ON; SELECT name FROM sys.databases IF 1 = 0 SELECT 1 AS a ELSE SELECT 2 AS b; PRINT 1; SET FMTONLY OFF';
    const outcome = await execute(connection, sql);
    const columns = outcome.sets.map((set) => [set.columns.map(({ colName }) => colName), set.rows]);
    assert.deepEqual(
      [numberOf(outcome), columns],
      [
        null,
        [
          [['name'], []],
          [['a'], []],
          [['b'], []],
        ],
      ],
    );
    assert.deepEqual(await rows('SELECT 1'), [[1]]);
  });

  it('24: what GetSchema and DeriveParameters ask is refused as not simulated', async () => {
    assert.equal(
      await fails('SELECT name AS database_name, dbid, crdate AS create_date FROM master.dbo.sysdatabases'),
      40_514,
    );
    assert.equal(numberOf(await call(connection, '[master].[sys].sp_procedure_params_100_managed')), 40_514);
  });

  it('all of that was one connection', () => assert.equal(pair.sqlServer.counts().connections, 1));
});

function withByte(login: Buffer, at: number, value: number): Buffer {
  login.writeUInt8(value, at);
  return login;
}

/** LOGIN7 with a text at one of its offsets. */
function withText(login: Buffer, at: number, text: string): Buffer {
  login.writeUInt16LE(login.length, at);
  login.writeUInt16LE(text.length, at + 2);
  const longer = Buffer.concat([login, Buffer.from(text, 'utf16le')]);
  longer.writeUInt32LE(longer.length, 0);
  return longer;
}
