import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { secretOf } from '../../src/config/secret/secret.ts';
import { classifyError } from '../../src/sql/classify-error.ts';
import { instancePort } from '../../src/sql/instance-port.ts';
import { connectThrough } from '../../src/sql/mssql-connection.ts';
import { certificate, password, startScripted, userName } from '../simulator/tds/scripted-server.ts';
import { type Answer, type Browser, instanceAnswer, startBrowser } from './browser.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function browserOf(answer: Answer): Promise<Browser> {
  const browser = await startBrowser(answer);
  closers.push(browser.close);
  return browser;
}

const answerOf = (port: number | string): Buffer =>
  instanceAnswer(`ServerName;SQL01;InstanceName;PROD;IsClustered;No;Version;16.0.1000.6;tcp;${port};;`);

async function ask(answer: Answer, signal = AbortSignal.timeout(20_000)): Promise<number> {
  const { port: browserPort } = await browserOf(answer);
  return instancePort({ host: '127.0.0.1', instance: 'PROD', signal, browserPort });
}

test('the instance is asked for by its name and a NUL (MC-SQLR 2.2.3)', async () => {
  const browser = await browserOf(() => answerOf(49_721));
  const signal = AbortSignal.timeout(20_000);
  assert.equal(await instancePort({ host: 'localhost', instance: 'PROD', signal, browserPort: browser.port }), 49_721);
  assert.deepEqual(browser.questions, [Buffer.from('\x04PROD\0')]);
});

test('a lost packet is asked for again', async () => {
  assert.equal(await ask((_, count) => (count === 1 ? null : answerOf(1435))), 1435);
});

for (const [name, answer] of [
  [
    'without TCP',
    instanceAnswer('ServerName;SQL01;InstanceName;PROD;IsClustered;No;Version;16.0.1000.6;np;\\\\SQL01\\pipe;;'),
  ],
  ['with a port that is none', answerOf('none')],
  ['with a port too large', answerOf(70_000)],
  ['of another kind', Buffer.from('\x06PROD')],
  ['that is empty', Buffer.alloc(0)],
] as const) {
  test(`an answer ${name} is no port`, async () => {
    await assert.rejects(
      ask(() => answer),
      (error) => {
        assert.equal(classifyError(error).reason, 'refused');
        assert.match(String(error), /SQL Server Browser gave no TCP port for the instance PROD: is TCP\/IP enabled/);
        return true;
      },
    );
  });
}

test('a browser that is silent is waited for until the time limit', async () => {
  await assert.rejects(
    ask(() => null, AbortSignal.timeout(50)),
    (error) => {
      assert.equal(classifyError(error).reason, 'unreachable');
      assert.match(String(error), /did not say which port the instance PROD has: is it running, is UDP allowed/);
      return true;
    },
  );
});

test('a browser that is not there is told at once', async () => {
  const browser = await startBrowser(() => null);
  await browser.close();
  const signal = AbortSignal.timeout(20_000);
  await assert.rejects(
    instancePort({ host: '127.0.0.1', instance: 'PROD', signal, browserPort: browser.port }),
    (error) => classifyError(error).reason === 'refused',
  );
});

test('an asking that is called off ends with the reason', async () => {
  const reason = new Error('stopped');
  await assert.rejects(
    ask(() => null, AbortSignal.abort(reason)),
    reason,
  );
});

test('the driver logs in to the instance, wherever it listens at the moment', async () => {
  const server = await startScripted(() => [{ kind: 'done', rowCount: null }]);
  closers.push(server.close);
  const { port: browserPort } = await browserOf((instance) =>
    instance === 'PROD' ? answerOf(server.address.port) : null,
  );
  const connect = connectThrough({ browserPort });
  const authentication = { type: 'sql_login', username: userName, password: secretOf(password) } as const;
  const tls = {
    mode: 'encrypt',
    ca: certificate.cert,
    serverName: 'localhost',
    trustServerCertificate: false,
  } as const;
  const connection = await connect(
    { name: 'sql', host: '127.0.0.1', port: null, instance: 'PROD', authentication, tls },
    { credentials: { type: 'sql_login', username: userName, password }, signal: AbortSignal.timeout(20_000) },
  );
  connection.close();
  assert.equal(server.loginCount(), 1);
});
