import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AzureInstanceState, AzureState } from '../../src/model/azure/state.ts';
import { type Pair, startPair } from '../../src/simulator/pair.ts';
import { azureConfig, readOnce } from './simulated.ts';

function instanceOf(state: AzureState): AzureInstanceState {
  const instance = state.subscriptions[0]?.instances[0];
  assert.ok(instance);
  return instance;
}

describe('the simulated Azure, read over TLS with a token', () => {
  let pair: Pair;
  before(async () => {
    pair = await startPair({ scenario: 'healthy', links: 3, azure: { behindMilliseconds: 0 } });
  });
  after(() => pair.close());

  it('shows instance, links, operations and both lists of certificates', async () => {
    const state = await readOnce(azureConfig(pair));
    const { instance, links, operations, endpointCertificates, serverTrustCertificates } = instanceOf(state);
    assert.equal(instance.value?.state, 'Ready');
    assert.deepEqual(
      links.value?.map(({ name, instanceRole, databases }) => [name, instanceRole, databases[0]?.replicaState]),
      pair.topology.links.map(({ name }) => [name, 'SECONDARY', 'LinkSynchronizing']),
    );
    assert.deepEqual(operations.value, []);
    assert.deepEqual(
      endpointCertificates.value?.map(({ name }) => name),
      ['SERVICE_BROKER', 'DATABASE_MIRRORING'],
    );
    assert.equal(serverTrustCertificates.value?.length, 1);
    assert.ok(serverTrustCertificates.value?.every(({ expiryTimestampSeconds: end }) => end !== null));
    assert.equal(typeof state.subscriptions[0]?.remainingReads, 'number');
    assert.equal(pair.azure?.tokens(), 1);
  });

  it('finds the instances of a subscription that lists none, with as many requests less one', async () => {
    const config = azureConfig(pair);
    const before = pair.azure?.requests().length ?? 0;
    const [subscription] = config.subscriptions;
    assert.ok(subscription);
    const state = await readOnce({ ...config, subscriptions: [{ ...subscription, managedInstances: null }] });
    assert.equal(instanceOf(state).name, 'mi-prod');
    assert.equal(instanceOf(state).resourceGroup, 'rg-sales');
    assert.equal(instanceOf(state).instance.value?.state, 'Ready');
    assert.equal((pair.azure?.requests().length ?? 0) - before, 5);
  });

  it('follows pages', async () => {
    pair.azure?.setPageSize(1);
    const { links } = instanceOf(await readOnce(azureConfig(pair)));
    pair.azure?.setPageSize(Number.POSITIVE_INFINITY);
    assert.equal(links.value?.length, 3);
  });

  const faults = [
    ['401 once', { kind: 'status', status: 401, times: 1 }, null],
    ['401 always', { kind: 'status', status: 401 }, 'unauthorized'],
    ['403', { kind: 'status', status: 403 }, 'forbidden'],
    ['404', { kind: 'status', status: 404 }, 'not_found'],
    ['a version that the region has not', { kind: 'status', status: 400 }, 'refused'],
    ['500 without a body', { kind: 'status', status: 500 }, 'unavailable'],
    ['503', { kind: 'status', status: 503 }, 'unavailable'],
    ['504', { kind: 'status', status: 504 }, 'unavailable'],
    ['429 of the subscription', { kind: 'throttled', by: 'subscription', retryAfter: '0' }, 'throttled'],
    ['429 of the service', { kind: 'throttled', by: 'provider', retryAfter: '372' }, 'throttled'],
    ["403 with a proxy's page", { kind: 'page-of-a-proxy', status: 403 }, 'bad_answer'],
    ["200 with a proxy's page", { kind: 'page-of-a-proxy', status: 200 }, 'bad_answer'],
    ["502 with a proxy's page", { kind: 'page-of-a-proxy', status: 502 }, 'unavailable'],
    ['a redirection', { kind: 'redirect', to: 'https://elsewhere.example/' }, 'bad_answer'],
    ['a list that is none', { kind: 'body', text: '{"value":{}}' }, 'bad_answer'],
    ['cut JSON', { kind: 'body', text: '{"value":[' }, 'bad_answer'],
    ['nine million bytes', { kind: 'body', text: ' '.repeat(9_000_000) }, 'bad_answer'],
    ['a connection that breaks', { kind: 'reset' }, 'network'],
    ['a body that never ends', { kind: 'slow-body' }, 'timeout'],
    ['a next page elsewhere', { kind: 'next-link', to: 'https://elsewhere.example/page' }, 'bad_answer'],
    ['a next page of no address', { kind: 'next-link', to: 'page 2' }, 'bad_answer'],
  ] as const;

  for (const [name, fault, reason] of faults) {
    it(`${name} is told as ${reason ?? 'nothing'}, shows nothing old, and passes`, async () => {
      const config = azureConfig(pair, { timeoutSeconds: fault.kind === 'slow-body' ? 1 : 10 });
      pair.azure?.setFault(fault, 'distributedAvailabilityGroups');
      const { links, instance } = instanceOf(await readOnce(config));
      pair.azure?.setFault(null);
      assert.equal(links.failure?.reason ?? null, reason);
      assert.equal(links.value === null, reason !== null);
      // The others are read for themselves, unless Azure wants fewer requests.
      if (reason !== 'throttled') assert.equal(instance.value?.state, 'Ready');
      if (reason === 'forbidden') {
        assert.equal(links.failure?.action, 'Microsoft.Sql/managedInstances/distributedAvailabilityGroups/read');
      }
      if (reason !== null && !['network', 'timeout'].includes(reason) && name !== 'nine million bytes')
        assert.match(links.failure?.requestId ?? '', /^[0-9a-f-]{36}$/);
      assert.doesNotMatch(JSON.stringify(links.failure), /Bearer|eyJ/);
      assert.equal(instanceOf(await readOnce(azureConfig(pair))).links.failure, null);
    });
  }

  it('tells in the log what is missing and the id of the request, never a token', async () => {
    const lines: string[] = [];
    const write = (message: string, fields?: object): unknown => lines.push(JSON.stringify([message, fields]));
    pair.azure?.setFault({ kind: 'status', status: 403 });
    await readOnce(azureConfig(pair), { info: write, warn: write });
    pair.azure?.setFault(null);
    assert.equal(lines.length, 5);
    assert.ok(lines.every((line) => /"reason":"forbidden"/.test(line) && /"request_id":"[0-9a-f-]{36}"/.test(line)));
    assert.ok(lines.some((line) => line.includes('"action":"Microsoft.Sql/managedInstances/operations/read"')));
    assert.doesNotMatch(lines.join(''), /eyJ|Bearer|milink-demo/);
  });

  it('without a token tells so, and no secret', async () => {
    const config = azureConfig(pair);
    const authentication = {
      ...config.authentication,
      cloud: { ...config.authentication.cloud, authorityHost: 'https://localhost:1' },
    };
    const { links } = instanceOf(await readOnce({ ...config, authentication }));
    assert.equal(links.failure?.reason, 'token');
    assert.doesNotMatch(JSON.stringify(links.failure), /milink-demo/);
  });

  it('trusts nobody but the authority that is given', async () => {
    const { links } = instanceOf(await readOnce({ ...azureConfig(pair), ca: null }));
    assert.equal(links.failure?.reason, 'network');
  });
});
