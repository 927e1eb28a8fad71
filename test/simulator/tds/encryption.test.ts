import assert from 'node:assert/strict';
import { Duplex } from 'node:stream';
import { describe, test } from 'node:test';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { createCertificate } from '../../../src/simulator/certificate.ts';
import type { BatchEvent, Login } from '../../../src/simulator/session.ts';
import { packetType } from '../../../src/simulator/tds/names.ts';
import { encodeMessage } from '../../../src/simulator/tds/packet.ts';
import { startTdsServer, type TdsServerOptions } from '../../../src/simulator/tds/server.ts';
import { hex, specification } from './hex.ts';
import { connectRaw, type RawClient } from './raw-client.ts';
import { certificate, startScripted } from './scripted-server.ts';
import { connect, type Encryption, execute } from './tedious-client.ts';

const one: BatchEvent = { kind: 'rows', columns: [{ name: 'n', type: { name: 'int' }, nullable: false }], rows: [[1]] };
const altNames = ['localhost'];
const yesterday = new Date(Date.now() - 86_400_000);
const weekAgo = new Date(Date.now() - 7 * 86_400_000);
const expired = await createCertificate({ commonName: 'localhost', altNames, notBefore: weekAgo, notAfter: yesterday });
const elsewhere = await createCertificate({ commonName: 'elsewhere', altNames: ['elsewhere.example'] });
const unknown = await createCertificate({ commonName: 'localhost', altNames });

describe('encryption', () => {
  for (const encrypt of [true, 'strict'] satisfies readonly Encryption[]) {
    for (const [what, tls, ca, message] of [
      ['an authority that the client does not know', unknown, certificate.cert, /self-signed certificate/],
      ['another host name', elsewhere, elsewhere.cert, /Hostname\/IP does not match/],
      ['a date in the past', expired, expired.cert, /certificate has expired/],
    ] as const) {
      test(`a certificate with ${what} is turned down (encrypt ${encrypt})`, async () => {
        const server = await startScripted(() => [one], { tls });
        const options = { encrypt: encrypt as boolean, cryptoCredentialsDetails: { ca } };
        await assert.rejects(connect(server, options), message);
        await server.close();
      });
    }
  }

  test('a client that trusts any certificate gets in', async () => {
    const server = await startScripted(() => [one], { tls: expired });
    const connection = await connect(server, { encrypt: true, trustServerCertificate: true });
    assert.deepEqual((await execute(connection, 'select')).sets[0]?.rows, [[1]]);
    connection.close();
    await server.close();
  });

  for (const [policy, encrypt, outcome] of [
    ['off', false, 'in'],
    ['on', false, 'in'],
    ['required', false, /Server requires encryption/],
    ['on', true, 'in'],
    ['required', true, 'in'],
    ['off', 'strict', /socket hang up|before secure TLS|ECONNRESET/],
    ['on', 'strict', 'in'],
    ['required', 'strict', 'in'],
  ] as const satisfies readonly (readonly [TdsServerOptions['encryption'], Encryption, 'in' | RegExp])[]) {
    test(`server ${policy}, client ${encrypt}: ${outcome}`, async () => {
      const server = await startScripted(() => [one], { encryption: policy });
      const connecting = connect(server, { encrypt: encrypt as boolean });
      if (outcome === 'in') {
        const connection = await connecting;
        assert.deepEqual((await execute(connection, 'select')).sets[0]?.rows, [[1]]);
        connection.close();
      } else await assert.rejects(connecting, outcome);
      await server.close();
    });
  }

  test('large answers and requests pass through TLS', async () => {
    const text = 'ä'.repeat(200_000);
    const server = await startScripted((sql) => [
      {
        kind: 'rows',
        columns: [{ name: 't', type: { name: 'nvarchar', length: 'max' }, nullable: false }],
        rows: [[sql]],
      },
    ]);
    const connection = await connect(server, { encrypt: true });
    assert.deepEqual((await execute(connection, text)).sets[0]?.rows, [[text]]);
    connection.close();
    await server.close();
  });

  test('encryption without a certificate is an error at the start', async () => {
    const options = { host: '127.0.0.1', port: 0, login: () => assert.fail('no login'), productVersion: '16.0.4175.1' };
    await assert.rejects(startTdsServer(options), /encryption on needs a key and a certificate in tls/);
  });
});

const login: Login = () => ({
  database: 'master',
  execute: async function* (): AsyncGenerator<BatchEvent> {
    const type = { name: 'varchar', length: 3 } as const;
    yield { kind: 'rows', columns: [{ name: 'bar', type, nullable: false }], rows: [['foo']] };
    yield { kind: 'done', rowCount: 1 };
  },
  close: () => {},
});

/** TLS inside PRELOGIN packets until the handshake is done, then bare: what a client does (MS-TDS 2.2.6.5). */
async function secure(client: RawClient): Promise<TLSSocket> {
  let isDone = false;
  const below = new Duplex({
    read: () => {},
    writev: (chunks, done) => {
      const bytes = Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer));
      client.send(isDone ? bytes : encodeMessage(packetType.prelogin, bytes)).then(() => done(), done);
    },
  });
  const stream = connectTls({ socket: below, ca: certificate.cert, servername: 'localhost', maxVersion: 'TLSv1.2' });
  stream.on('error', () => {});
  const secured = new Promise<void>((resolve) => stream.once('secureConnect', resolve)).then(() => {
    isDone = true;
  });
  for (;;) {
    const message = await Promise.race([client.next(), secured]);
    if (message === undefined) return stream;
    assert.equal(message.type, packetType.prelogin);
    below.push(message.payload);
  }
}

test('a client that encrypts only its login goes on in the clear', async () => {
  const options = { host: '127.0.0.1', port: 0, login, tls: certificate, productVersion: '16.0.4175.1' };
  const server = await startTdsServer(options);
  const client = await connectRaw(server);
  const prelogin = Buffer.from(specification.prelogin);
  prelogin.writeUInt8(0x00, 8 + 0x20);
  await client.send(prelogin);
  assert.equal((await client.next()).payload.readUInt8(0x20), 0x00);
  const stream = await secure(client);
  stream.write(specification.login7);
  const { payload } = await client.next();
  assert.ok(payload.includes(hex('AD 36 00 01 72090002')), 'LOGINACK, not encrypted');
  await client.send(specification.batch);
  assert.deepEqual((await client.next()).payload, specification.batchAnswer.subarray(8));
  client.socket.destroy();
  await server.close();
});

test('a login in the clear is turned down where TLS was agreed', async () => {
  const server = await startScripted(() => [one], { encryption: 'required' });
  const client = await connectRaw(server);
  await client.send(specification.prelogin);
  await client.next();
  await client.send(specification.login7);
  await client.closed;
  assert.equal(server.loginCount(), 0);
  await server.close();
});
