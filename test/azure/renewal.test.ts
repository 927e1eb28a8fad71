import assert from 'node:assert/strict';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, type TestContext, test } from 'node:test';
import type { ServicePrincipal } from '../../src/config/authentication/authentication.ts';
import { secretFromFile, secretOf } from '../../src/config/secret/secret.ts';
import { type Clock, systemClock } from '../../src/poll/time/clock.ts';
import { temporaryFolder } from '../config/temporary-folder.ts';
import { createClientCertificate } from './client.ts';
import { cloudOf, failureOf, pollerOf, polls, startTokenPair } from './logged-in.ts';
import { applicationId, startTokenServer, type TokenServer, tenantId } from './token-server.ts';

/** How far the clock of the exporter and the server is ahead of that of the library, which no test can move. */
let aheadSeconds = 0;
const clock: Clock = { ...systemClock, nowSeconds: () => Date.now() / 1000 + aheadSeconds };
const server: TokenServer = await startTokenServer();
const pair = await startTokenPair({ clock: () => clock.nowSeconds() * 1000 });
const initial = { ...server.state };
afterEach(() => {
  Object.assign(server.state, initial);
  aheadSeconds = 0;
});
after(async () => {
  await Promise.all([server.stop(), pair.close()]);
});

/** Moves the clock, and the lifetime of tokens with it: the library counts from its own now. */
function moveTo(seconds: number, lifetimeSeconds = 3600): void {
  aheadSeconds = seconds;
  server.state.lifetimeSeconds = seconds + lifetimeSeconds;
}

function principal(proof: ServicePrincipal['proof']): ServicePrincipal {
  return { type: 'service_principal', tenantId, clientId: applicationId, proof, cloud: cloudOf(server) };
}

const secretProof = { kind: 'secret', secret: secretOf('first-client-secret') } as const;

/** Polls until the authority has given so many tokens: a renewal runs beside the polls. */
async function pollsUntilGiven(poller: ReturnType<typeof pollerOf>, count: number): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (server.given.length < count) {
    assert.ok(Date.now() < deadline, `${server.given.length} tokens given, ${count} expected`);
    await polls(poller);
  }
}

test('a token is renewed before it ends, beside the polls, and the connection stays', async () => {
  const [given, logins] = [server.given.length, pair.managedInstance.counts().logins];
  const poller = pollerOf(pair, principal(secretProof), { clock });
  await polls(poller);
  moveTo(2900);
  await polls(poller);
  assert.equal(server.given.length - given, 1, 'not renewed more than ten minutes before its end');
  moveTo(3100);
  await pollsUntilGiven(poller, given + 2);
  assert.equal(pair.managedInstance.counts().logins - logins, 1);
  poller.close();
});

test('after its renewal a login works while the authority is down, past the end of the first token', async () => {
  const poller = pollerOf(pair, principal(secretProof), { clock });
  await polls(poller);
  moveTo(3100);
  await pollsUntilGiven(poller, server.given.length + 1);
  server.state.behaviour = 'fails';
  moveTo(3700);
  pair.managedInstance.restart();
  // The poll that finds the connection broken is lost with any way to log in; the next one logs in again.
  await poller.poll(new AbortController().signal);
  await polls(poller);
  poller.close();
});

test('while the authority is down the old token serves until its end, and no poll is lost', async () => {
  const poller = pollerOf(pair, principal(secretProof), { clock });
  await polls(poller);
  server.state.behaviour = 'fails';
  moveTo(3500);
  poller.close();
  await polls(poller);
  moveTo(3580);
  poller.close();
  assert.equal((await failureOf(poller)).reason, 'token');
});

/** Changes a file as Kubernetes and most tools do: by a rename. */
async function replace(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}

async function rotates(
  t: TestContext,
  rotation: {
    proof: (path: string) => ServicePrincipal['proof'];
    texts: readonly [string, string];
    accept: (turn: 0 | 1) => void;
  },
): Promise<void> {
  const path = join(await temporaryFolder(t), 'proof');
  await writeFile(path, rotation.texts[0]);
  rotation.accept(0);
  moveTo(0, 60);
  const poller = pollerOf(pair, principal(rotation.proof(path)), { clock });
  await polls(poller);
  rotation.accept(1);
  moveTo(61, 60);
  poller.close();
  assert.equal((await failureOf(poller)).reason, 'token');
  await replace(path, rotation.texts[1]);
  await polls(poller);
  poller.close();
}

test('a client secret that rotates is picked up at the next login', (t) =>
  rotates(t, {
    proof: (path) => ({ kind: 'secret', secret: secretFromFile(path, 'client secret') }),
    texts: ['first-client-secret\n', 'second-client-secret\n'],
    accept: (turn) => {
      server.state.secret = turn === 0 ? 'first-client-secret' : 'second-client-secret';
    },
  }));

test('a client certificate that rotates is picked up at the next login', async (t) => {
  const clients = [await createClientCertificate('first'), await createClientCertificate('second')] as const;
  await rotates(t, {
    proof: (path) => ({ kind: 'certificate', pem: secretFromFile(path, 'client certificate'), password: null }),
    texts: [clients[0].cert + clients[0].key, clients[1].cert + clients[1].key],
    accept: (turn) => {
      server.state.certificate = clients[turn].cert;
    },
  });
});
